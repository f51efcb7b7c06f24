package io.facedrop.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What it costs to be watched: one {@code serve} without a console, and one whose metrics are read
 * every 5 s, take turns with manifests of one size. Both live as long as the benchmark, and are
 * warm.
 */
public final class WatchBenchmark {
  private static final long MOST_SECONDS = 7_200;
  private static final int SCRAPE_SECONDS = 5;
  private static final int WARM_PARTS = 2;

  private final Options options;
  private final EndpointProcess endpoint;
  private final Scenario scenario;
  private final Manifests manifests;
  private final List<Figures> alone = new ArrayList<>();
  private final List<Figures> watched = new ArrayList<>();
  private int nextRow = 1;
  private int scrapes;

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
    int port = freePort();
    try (ClusterRun without = start(jar, "alone", "off");
        ClusterRun with = start(jar, "watched", String.valueOf(port))) {
      work(without, options.rows() / WARM_PARTS);
      work(with, options.rows() / WARM_PARTS);
      for (int round = 1; round <= options.rounds(); round++) {
        if (round % 2 == 0) {
          watched.add(scraped(with, port));
          alone.add(work(without, options.rows()));
        } else {
          alone.add(work(without, options.rows()));
          watched.add(scraped(with, port));
        }
        System.out.printf(
            Locale.ROOT,
            "round %d: alone %.0f rows/s, %.1f us of CPU a row; watched %.0f, %.1f%n",
            round,
            alone.get(round - 1).rate(),
            alone.get(round - 1).micros(),
            watched.get(round - 1).rate(),
            watched.get(round - 1).micros());
      }
      with.stop();
      without.stop();
    }
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

  private Figures scraped(ClusterRun serve, int port) throws IOException, InterruptedException {
    ScheduledExecutorService prometheus = Executors.newSingleThreadScheduledExecutor();
    prometheus.scheduleAtFixedRate(() -> scrape(port), 0, SCRAPE_SECONDS, TimeUnit.SECONDS);
    try {
      return work(serve, options.rows());
    } finally {
      prometheus.shutdownNow();
    }
  }

  private void scrape(int port) {
    URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
    try (InputStream answer = metrics.toURL().openStream()) {
      answer.readAllBytes();
      scrapes++;
    } catch (IOException e) {
      System.out.println("not scraped: " + e);
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
            "Medians of %d rounds with %,d rows each; %d scrapes.%n%n"
                + "| | rows/s | CPU a row |%n|---|--:|--:|%n",
            alone.size(),
            options.rows(),
            scrapes)
        + line("without a console", alone)
        + line("scraped every " + SCRAPE_SECONDS + " s", watched)
        + String.format(
            Locale.ROOT,
            "| ratio | %.3f | %.3f |%n",
            median(watched, Figures::rate) / median(alone, Figures::rate),
            median(watched, Figures::micros) / median(alone, Figures::micros));
  }

  private static String line(String what, List<Figures> figures) {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.1f us |%n",
        what,
        median(figures, Figures::rate),
        median(figures, Figures::micros));
  }

  private static double median(List<Figures> figures, ToDoubleFunction<Figures> figure) {
    double[] sorted = figures.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
