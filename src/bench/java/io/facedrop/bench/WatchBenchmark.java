package io.facedrop.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What it costs to be watched: one {@code serve} without a console, one whose metrics are read every
 * 5 s, and one whose page somebody has open take turns with manifests of one size. They live as
 * long as the benchmark, and are warm.
 */
public final class WatchBenchmark {
  private static final long MOST_SECONDS = 7_200;
  private static final int SCRAPE_SECONDS = 5;

  /** The page's own script asks so often. */
  private static final int LOOK_SECONDS = 3;

  private static final int WARM_PARTS = 2;

  private final Options options;
  private final EndpointProcess endpoint;
  private final Scenario scenario;
  private final Manifests manifests;
  private final List<Figures> alone = new ArrayList<>();
  private final List<Figures> watched = new ArrayList<>();
  private final List<Figures> open = new ArrayList<>();
  private int nextRow = 1;
  private int answers;

  /**
   * What one manifest took.
   *
   * @param rate rows a second, from the first request to the last answer
   * @param micros of CPU a row, from the drop to the report
   */
  private record Figures(double rate, double micros) {}

  private WatchBenchmark(Options options, EndpointProcess endpoint) throws IOException {
    this.options = options;
    this.endpoint = endpoint;
    this.scenario =
        Scenario.all(options).stream()
            .filter(it -> it.name().equals(Scenario.NODES))
            .findFirst()
            .orElseThrow();
    Path folder = options.target("work/watch");
    Trial.delete(folder);
    Files.createDirectories(folder);
    this.manifests = new Manifests(folder);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = Options.read();
    Path jar = Packaged.jar(options);
    try (EndpointProcess endpoint = new EndpointProcess(new Contenders(options))) {
      WatchBenchmark benchmark = new WatchBenchmark(options, endpoint);
      benchmark.run(jar);
      Path file = options.target("watch.md");
      Files.writeString(file, benchmark.text());
      System.out.printf("%n%s%nWritten to %s%n", benchmark.text(), file);
    }
  }

  private void run(Path jar) throws IOException, InterruptedException {
    int metrics = freePort();
    int page = freePort();
    try (ClusterRun without = start(jar, "alone", "off");
        ClusterRun scraped = start(jar, "watched", String.valueOf(metrics));
        ClusterRun seen = start(jar, "seen", String.valueOf(page))) {
      List<Turn> turns =
          new ArrayList<>(
              List.of(
                  () -> alone.add(work(without, options.rows())),
                  () -> watched.add(asked(scraped, metrics, "metrics", SCRAPE_SECONDS)),
                  () -> open.add(asked(seen, page, "", LOOK_SECONDS))));
      for (ClusterRun serve : List.of(without, scraped, seen)) {
        work(serve, options.rows() / WARM_PARTS);
      }
      for (int round = 1; round <= options.rounds(); round++) {
        for (Turn turn : turns) {
          turn.take();
        }
        Collections.rotate(turns, 1);
        System.out.printf(
            Locale.ROOT,
            "round %d: alone %.0f rows/s, %.1f us of CPU a row; scraped %.0f, %.1f; page open %.0f,"
                + " %.1f%n",
            round,
            alone.get(round - 1).rate(),
            alone.get(round - 1).micros(),
            watched.get(round - 1).rate(),
            watched.get(round - 1).micros(),
            open.get(round - 1).rate(),
            open.get(round - 1).micros());
      }
      seen.stop();
      scraped.stop();
      without.stop();
    }
  }

  /** One manifest of one of them. */
  private interface Turn {
    void take() throws IOException, InterruptedException;
  }

  private ClusterRun start(Path jar, String name, String port)
      throws IOException, InterruptedException {
    Cluster cluster =
        new Cluster(name, options.withFacedrop("-Dfacedrop.console.port=" + port), jar, 1, null);
    Path folder = Files.createDirectories(options.target("work/watch/" + name));
    Assignment assignment = new Assignment(scenario, folder, null, null, endpoint.baseUrl());
    return ClusterRun.start(cluster, assignment, MOST_SECONDS);
  }

  private Figures work(ClusterRun serve, int rows) throws IOException, InterruptedException {
    Path manifest = manifests.of(nextRow, rows);
    nextRow += rows;
    endpoint.reset(scenario);
    double cpu = serve.cpuSeconds();
    serve.work(manifest, MOST_SECONDS);
    return new Figures(rows / endpoint.counts().seconds(), (serve.cpuSeconds() - cpu) * 1e6 / rows);
  }

  private Figures asked(ClusterRun serve, int port, String path, int seconds)
      throws IOException, InterruptedException {
    ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor();
    asking.scheduleAtFixedRate(() -> ask(port, path), 0, seconds, TimeUnit.SECONDS);
    try {
      return work(serve, options.rows());
    } finally {
      asking.shutdownNow();
    }
  }

  private void ask(int port, String path) {
    URI address = URI.create("http://127.0.0.1:" + port + "/" + path);
    try (InputStream answer = address.toURL().openStream()) {
      answer.readAllBytes();
      answers++;
    } catch (IOException e) {
      System.out.println("no answer: " + e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private String text() {
    return String.format(
            Locale.ROOT,
            "Medians of %d rounds with %,d rows each; %d answers of a console.%n%n"
                + "| | rows/s | ratio | CPU a row | ratio |%n|---|--:|--:|--:|--:|%n",
            alone.size(),
            options.rows(),
            answers)
        + line("without a console", alone)
        + line("scraped every " + SCRAPE_SECONDS + " s", watched)
        + line("the page open, which asks every " + LOOK_SECONDS + " s", open);
  }

  private String line(String what, List<Figures> figures) {
    double rate = median(figures, Figures::rate);
    double micros = median(figures, Figures::micros);
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.3f | %.1f us | %.3f |%n",
        what,
        rate,
        rate / median(alone, Figures::rate),
        micros,
        micros / median(alone, Figures::micros));
  }

  private static double median(List<Figures> figures, ToDoubleFunction<Figures> figure) {
    double[] sorted = figures.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
