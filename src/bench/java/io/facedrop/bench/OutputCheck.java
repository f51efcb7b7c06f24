package io.facedrop.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;

/** Whether a contender has done what it is timed for: every row, once, with a task of its own. */
final class OutputCheck {
  private static final String TASK = "bench";
  private static final int DIGITS = 10;

  private final BitSet tasks = new BitSet();
  private int successes;
  private int lastFile;

  private OutputCheck() {}

  /**
   * Throws an exception that says what is wrong.
   *
   * @return rows of the last file of successes
   */
  static int check(
      Contender contender, Assignment assignment, int rows, int warmRows, Counts counts)
      throws IOException {
    long expected = (long) rows + warmRows;
    same("POSTs at the endpoint", expected, counts.posts());
    same("different images at the endpoint", expected, counts.images());
    queries(assignment.scenario(), rows, counts);
    same("bad requests at the endpoint", 0, counts.refused());
    OutputCheck check = new OutputCheck();
    check.read(contender.successes(assignment.folder()));
    same("rows in the success output", rows, check.successes);
    same("different tasks in the success output", rows, check.tasks.cardinality());
    same("dead letters", 0, lines(contender.deadLetters(assignment.folder())));
    return check.lastFile;
  }

  /** Where tasks take time, a contender may query them as often as it likes. */
  private static void queries(Scenario scenario, int rows, Counts counts) {
    if (scenario.durations().isNone()) {
      same("GETs at the endpoint", scenario.faces() ? rows : 0, counts.gets());
    } else {
      same("tasks found ended", rows, counts.found());
    }
  }

  private static void same(String what, long expected, long found) {
    if (expected != found) {
      throw new IllegalStateException("expected " + expected + " " + what + " but found " + found);
    }
  }

  private void read(Path output) throws IOException {
    for (Path file : files(output)) {
      int before = successes;
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        lines.readLine();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          note(line);
        }
      }
      lastFile = successes - before;
    }
  }

  private void note(String line) {
    successes++;
    int at = line.lastIndexOf(TASK);
    if (at >= 0 && line.length() >= at + TASK.length() + DIGITS) {
      tasks.set(Integer.parseInt(line, at + TASK.length(), at + TASK.length() + DIGITS, 10));
    }
  }

  private static long lines(Path output) throws IOException {
    long lines = 0;
    for (Path file : files(output)) {
      try (Stream<String> all = Files.lines(file)) {
        lines += all.skip(1).count();
      }
    }
    return lines;
  }

  private static List<Path> files(Path output) throws IOException {
    if (!Files.isDirectory(output)) {
      return Files.exists(output) ? List.of(output) : List.of();
    }
    try (Stream<Path> files = Files.walk(output)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
