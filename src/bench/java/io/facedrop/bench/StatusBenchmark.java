package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long {@code status} takes beyond the start of the program, beside 200 batches and a million
 * rows: the time of the process, less that of {@code --version}.
 */
public final class StatusBenchmark {
  private static final int BATCHES = 200;
  private static final int ROWS = 5_000;
  private static final int LOOKS = 9;
  private static final String SCHEMA = "looked_at";
  private static final long MOST_SECONDS = 1_800;

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
        "%s: --version %.0f ms, status beyond it %.0f ms, status --most 200 --json %.0f ms"
            .formatted(
                database,
                version,
                median(folder, ledger, user, "status") - version,
                median(folder, ledger, user, "status", "--most", "200", "--json") - version));
    Trial.delete(folder);
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
