package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The nodes of a cluster while they live: what is dropped for them, and what they take for it. */
final class ClusterRun implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final String READY = "watching ";

  private final Path folder;
  private final List<Child> nodes = new ArrayList<>();

  private ClusterRun(Path folder) {
    this.folder = folder;
  }

  /** Returns when all of them are ready. */
  static ClusterRun start(Cluster cluster, Assignment assignment, long mostSeconds)
      throws IOException, InterruptedException {
    ClusterRun run = new ClusterRun(assignment.folder());
    try {
      List<String> command = cluster.command(assignment);
      for (int node = 1; node <= cluster.nodes(); node++) {
        run.nodes.add(
            Child.start(command, assignment.folder(), "log-" + node, Cluster.environment(node)));
      }
      for (Child node : run.nodes) {
        run.await(() -> said(node).contains(READY), mostSeconds);
      }
      return run;
    } catch (IOException | InterruptedException | RuntimeException e) {
      run.close();
      throw e;
    }
  }

  private static String said(Child node) {
    try {
      return node.said();
    } catch (IOException e) {
      throw new IllegalStateException("the log of a node cannot be read", e);
    }
  }

  /** Seconds from when a manifest is dropped until its report is there. */
  double work(Path manifest, long mostSeconds) throws IOException, InterruptedException {
    Path beside = folder.resolve("data").resolve(manifest.getFileName());
    Files.copy(manifest, beside, StandardCopyOption.REPLACE_EXISTING);
    long start = System.nanoTime();
    Files.move(beside, folder.resolve("data/inbox").resolve(manifest.getFileName()));
    await(() -> isReported(manifest), mostSeconds);
    return (System.nanoTime() - start) / 1e9;
  }

  /** A batch has ended when its report is there. */
  private boolean isReported(Path manifest) {
    Path place = folder.resolve("data/report");
    if (!Files.exists(place)) {
      return false;
    }
    String stem = manifest.getFileName().toString().replace("csv", "");
    try (Stream<Path> files = Files.list(place)) {
      return files
          .map(file -> file.getFileName().toString())
          .anyMatch(name -> name.startsWith(stem) && name.endsWith(".json"));
    } catch (IOException e) {
      throw new IllegalStateException("the reports cannot be listed", e);
    }
  }

  private void await(BooleanSupplier there, long mostSeconds) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(mostSeconds).toNanos();
    while (!there.getAsBoolean()) {
      // Tells when one has ended by itself.
      for (Child node : nodes) {
        node.leave(LOOK.dividedBy(nodes.size()));
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("not done after " + mostSeconds + " s, so killed");
      }
    }
  }

  double cpuSeconds() {
    return nodes.stream().mapToDouble(Child::cpuSeconds).sum();
  }

  long peakKib() {
    return nodes.stream().mapToLong(Child::peakKib).sum();
  }

  /** Asks all of them to end, and waits until they have. */
  void stop() throws InterruptedException {
    for (Child node : nodes) {
      node.stop();
    }
    nodes.clear();
  }

  @Override
  public void close() throws InterruptedException {
    for (Child node : nodes) {
      node.kill();
    }
  }
}
