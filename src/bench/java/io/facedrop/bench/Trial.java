package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Has one contender do one job, checks that it did, and measures it. */
final class Trial {
  private static final int MOST_WARM_UP = 100_000;
  private static final long MOST_SECONDS = 7_200;
  private static final Duration LOOK = Duration.ofMillis(100);

  /** Until everything that a start sets off has come to rest. */
  private static final long SETTLING_SECONDS = 15;

  private final Options options;
  private final EndpointProcess endpoint;
  private final Manifests manifests;

  Trial(Options options, EndpointProcess endpoint) {
    this.options = options;
    this.endpoint = endpoint;
    this.manifests = new Manifests(options.target("manifests"));
  }

  /** What went wrong is an exception, and then the folder stays to be looked into. */
  Measurement run(Scenario scenario, Contender contender, int round)
      throws IOException, InterruptedException {
    Path folder = options.target("work/" + round + "-" + scenario.name() + "-" + contender.name());
    delete(folder);
    Files.createDirectories(folder);
    if (round == 1) {
      contender.prepare(assignment(scenario, folder, scenario.rows(contender), 0));
      delete(folder);
      Files.createDirectories(folder);
    }
    endpoint.reset(scenario);
    Measurement measurement =
        switch (scenario.figure()) {
          case CPU -> idle(scenario, contender, round, folder);
          case NODES ->
              new ClusterTrial(endpoint, manifests, round).run(scenario, contender, folder);
          case RESTART -> restart(scenario, contender, round, folder);
          default -> work(scenario, contender, round, folder);
        };
    delete(folder);
    return measurement;
  }

  private Measurement work(Scenario scenario, Contender contender, int round, Path folder)
      throws IOException, InterruptedException {
    int rows = scenario.rows(contender);
    int warmRows = warmRows(scenario, contender, rows);
    Assignment assignment = assignment(scenario, folder, rows, warmRows);
    List<String> command = contender.command(assignment);
    double cpu = ProcFile.endedChildrenCpuSeconds();
    double endpointCpu = endpoint.cpuSeconds();
    Child child = Child.start(command, folder);
    double wall = child.await(MOST_SECONDS);
    Counts counts = endpoint.counts();
    int lastPart = OutputCheck.check(contender, assignment, rows, warmRows, counts);
    double timed = contender.timedSeconds(child.said(), wall);
    return new Measurement(
        scenario.name(),
        contender.name(),
        round,
        rows,
        scenario.figure().of(rows, timed, wall, counts),
        wall,
        (counts.firstArrivalMillis() - child.startMillis()) / 1e3,
        ProcFile.endedChildrenCpuSeconds() - cpu,
        child.peakKib(),
        child.threadSeconds(),
        lastPart,
        endpoint.cpuSeconds() - endpointCpu,
        DatabaseUse.NONE,
        counts);
  }

  private Measurement restart(Scenario scenario, Contender contender, int round, Path folder)
      throws IOException, InterruptedException {
    int rows = scenario.rows(contender);
    Assignment assignment = assignment(scenario, folder, rows, 0);
    untilFirstRequest(Child.start(contender.command(assignment), folder));
    endpoint.reset(scenario);
    Child again = Child.start(contender.command(assignment), folder);
    Counts counts = untilFirstRequest(again);
    double seconds = (counts.firstArrivalMillis() - again.startMillis()) / 1e3;
    return new Measurement(
        scenario.name(),
        contender.name(),
        round,
        rows,
        seconds,
        again.age(),
        seconds,
        0,
        again.peakKib(),
        Map.of(),
        0,
        0,
        DatabaseUse.NONE,
        counts);
  }

  /** Then it is killed. */
  private Counts untilFirstRequest(Child child) throws IOException, InterruptedException {
    try {
      Counts counts = endpoint.counts();
      while (counts.posts() == 0 && child.age() < MOST_SECONDS) {
        child.leave(LOOK);
        counts = endpoint.counts();
      }
      if (counts.posts() == 0) {
        throw new IllegalStateException("no request after " + MOST_SECONDS + " s, so killed");
      }
      return counts;
    } finally {
      child.kill();
    }
  }

  private Measurement idle(Scenario scenario, Contender contender, int round, Path folder)
      throws IOException, InterruptedException {
    Assignment assignment = new Assignment(scenario, folder, null, null, endpoint.baseUrl());
    Child child = Child.start(contender.command(assignment), folder);
    try {
      child.leave(Duration.ofSeconds(SETTLING_SECONDS));
      double before = child.cpuSeconds();
      double from = child.age();
      child.leave(Duration.ofSeconds(options.idleSeconds()));
      double used = child.cpuSeconds() - before;
      return new Measurement(
          scenario.name(),
          contender.name(),
          round,
          0,
          100 * used / (child.age() - from),
          child.age(),
          0,
          used,
          child.peakKib(),
          Map.of(),
          0,
          0,
          DatabaseUse.NONE,
          Counts.NONE);
    } finally {
      child.stop();
    }
  }

  /** Where the endpoint holds the watch, nothing but the job itself may arrive. */
  private static int warmRows(Scenario scenario, Contender contender, int rows) {
    return contender.getsWarm() && scenario.figure() == Figure.TIMED ? warmRows(rows) : 0;
  }

  /** So many that what is timed is not about compiling. */
  static int warmRows(int rows) {
    return Math.min(MOST_WARM_UP, Math.max(1_000, rows / 5));
  }

  private Assignment assignment(Scenario scenario, Path folder, int rows, int warmRows)
      throws IOException {
    return new Assignment(
        scenario,
        folder,
        manifests.of(1, rows),
        warmRows == 0 ? null : manifests.of(rows + 1, warmRows),
        endpoint.baseUrl());
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : files) {
      Files.delete(file);
    }
  }
}
