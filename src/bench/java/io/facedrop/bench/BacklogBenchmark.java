package io.facedrop.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs to settle 50 rows and to claim 50 others in one commit, beside a small and a large
 * backlog: by the ledger itself, without a process around it.
 */
public final class BacklogBenchmark {
  private static final Pattern LINE =
      Pattern.compile(
          "backlog (\\d+) (.*): median ([0-9.]+) ms, 99 % ([0-9.]+) ms, most ([0-9.]+) ms, .*");
  private static final String SCHEMA = "backlog";
  private static final long MOST_SECONDS = 7_200;

  private final Options options;
  private final Path jar;
  private final List<String> rows = new ArrayList<>();

  private BacklogBenchmark(Options options, Path jar) {
    this.options = options;
    this.jar = jar;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Options options = Options.read();
    BacklogBenchmark benchmark = new BacklogBenchmark(options, Packaged.jar(options));
    try (Databases databases = new Databases(options)) {
      benchmark.rounds(databases);
    }
    Path file = options.target("backlog.md");
    String text = benchmark.text();
    Files.writeString(file, text);
    System.out.printf("%n%s%nWritten to %s%n", text, file);
  }

  private void rounds(Databases databases) throws IOException, InterruptedException {
    if (!databases.missing().isEmpty()) {
      System.out.println("left out: PostgreSQL, because this fails: " + databases.missing());
    }
    for (int round = 1; round <= options.rounds(); round++) {
      run(round, "SQLite", "jdbc:sqlite:ledger.db");
      if (databases.missing().isEmpty()) {
        run(round, "PostgreSQL", databases.server().url(SCHEMA) + "&user=" + DatabaseServer.USER);
        databases.server().drop(SCHEMA);
      }
    }
  }

  private void run(int round, String database, String url)
      throws IOException, InterruptedException {
    Path folder = options.target("work/" + round + "-backlog-" + database);
    Trial.delete(folder);
    Files.createDirectories(folder);
    Child child =
        Child.start(
            List.of(
                options.javaProgram(),
                "-cp",
                jar.toString(),
                options.home().resolve("scripts/Backlog.java").toString(),
                url,
                String.valueOf(options.scaleRows()),
                String.valueOf(options.groups())),
            folder);
    child.await(MOST_SECONDS);
    for (String line : child.said().lines().toList()) {
      note(round, database, line);
    }
    Trial.delete(folder);
  }

  private void note(int round, String database, String line) {
    Matcher said = LINE.matcher(line);
    if (said.matches()) {
      System.out.println("round " + round + ", " + database + ": " + line);
      rows.add(
          "| %d | %s | %,d | %s | %s ms | %s ms | %s ms |"
              .formatted(
                  round,
                  database,
                  Long.parseLong(said.group(1)),
                  said.group(2),
                  said.group(3),
                  said.group(4),
                  said.group(5)));
    }
  }

  private String text() {
    return "On %s, %d groups each.%n%n".formatted(Machine.read(options).text(), options.groups())
        + "| round | database | backlog | | median | 99 % | most |\n"
        + "|--:|---|--:|---|--:|--:|--:|\n"
        + String.join("\n", rows)
        + "\n";
  }
}
