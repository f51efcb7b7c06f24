package io.facedrop.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long an operator waits beside 200 batches and a million rows: for {@code status} beyond the
 * start of the program, which is the time of the process less that of {@code --version}; and for
 * the page of a {@code serve} that has just started.
 */
public final class StatusBenchmark {
  private static final int BATCHES = 200;
  private static final int ROWS = 5_000;
  private static final int LOOKS = 9;
  private static final String SCHEMA = "looked_at";
  private static final long MOST_SECONDS = 1_800;
  private static final Duration LOOK = Duration.ofMillis(50);

  /** Where no API is. */
  private static final String NOBODY = "http://127.0.0.1:9";

  private final Options options;
  private final Path jar;
  private final List<String> rows = new ArrayList<>();

  private StatusBenchmark(Options options, Path jar) {
    this.options = options;
    this.jar = jar;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = Options.read();
    StatusBenchmark benchmark = new StatusBenchmark(options, Packaged.jar(options));
    try (Databases databases = new Databases(options)) {
      benchmark.look("SQLite", "jdbc:sqlite:ledger.db");
      if (databases.missing().isEmpty()) {
        String url = databases.server().url(SCHEMA) + "&user=" + DatabaseServer.USER;
        benchmark.look("PostgreSQL", url);
        databases.server().drop(SCHEMA);
      }
    }
    System.out.println(String.join("\n", benchmark.rows));
  }

  private void look(String database, String url) throws IOException, InterruptedException {
    Path folder = options.target("work/status-" + database);
    Trial.delete(folder);
    Files.createDirectories(folder);
    String made = options.home().resolve("scripts/ManyBatches.java").toString();
    timed(folder, "-cp", jar.toString(), made, url, String.valueOf(BATCHES), String.valueOf(ROWS));
    String ledger = "-Dfacedrop.ledger.url=" + url.replaceAll("&user=.*", "");
    String user = "-Dfacedrop.ledger.username=" + DatabaseServer.USER;
    double version = median(folder, "--version");
    rows.add(
        "%s: --version %.0f ms, status beyond it %.0f ms, status --most 200 --json %.0f ms, %s"
            .formatted(
                database,
                version,
                median(folder, ledger, user, "status") - version,
                median(folder, ledger, user, "status", "--most", "200", "--json") - version,
                views(folder, ledger, user)));
    Trial.delete(folder);
  }

  /** As a browser sees it: from the request to the last byte. */
  private String views(Path folder, String... settings) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    List<String> command = new ArrayList<>(List.of(options.javaProgram()));
    command.addAll(List.of(settings));
    command.addAll(
        List.of(
            "-Dfacedrop.console.port=" + port,
            "-Dfacedrop.api.base-url=" + NOBODY,
            "-jar",
            jar.toString(),
            "serve"));
    Child serve = Child.start(command, folder);
    try {
      while (view(port, "health/live") < 0) {
        serve.leave(LOOK);
      }
      double first = view(port, "");
      double[] next = new double[LOOKS];
      for (int look = 0; look < LOOKS; look++) {
        next[look] = view(port, "");
      }
      Arrays.sort(next);
      return "first view of the page %.0f ms, the next %.0f ms".formatted(first, next[LOOKS / 2]);
    } finally {
      serve.kill();
    }
  }

  /** Milliseconds; negative when nobody answers yet, or without a page. */
  private static double view(int port, String path) {
    long start = System.nanoTime();
    try (InputStream page =
        URI.create("http://127.0.0.1:" + port + "/" + path).toURL().openStream()) {
      page.readAllBytes();
      return (System.nanoTime() - start) / 1e6;
    } catch (IOException starting) {
      return -1;
    }
  }

  private double median(Path folder, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    Arrays.stream(words).filter(word -> word.startsWith("-D")).forEach(command::add);
    command.addAll(List.of("-jar", jar.toString()));
    Arrays.stream(words).filter(word -> !word.startsWith("-D")).forEach(command::add);
    double[] millis = new double[LOOKS];
    for (int look = 0; look < LOOKS; look++) {
      millis[look] = timed(folder, command.toArray(String[]::new));
    }
    Arrays.sort(millis);
    return millis[LOOKS / 2];
  }

  private double timed(Path folder, String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(options.javaProgram()));
    command.addAll(List.of(words));
    long start = System.nanoTime();
    Child.start(command, folder).await(MOST_SECONDS);
    return (System.nanoTime() - start) / 1e6;
  }
}
