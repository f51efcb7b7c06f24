package io.facedrop.bench.contender;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Successes and dead letters, for any number of threads. */
final class Outputs implements AutoCloseable {
  private final CsvWriter successes;
  private final CsvWriter deadLetters;

  /** With {@code more} columns of successes after the task's id. */
  Outputs(Path folder, List<String> header, String... more) throws IOException {
    successes = CsvWriter.builder().build(folder.resolve("success.csv"));
    deadLetters = CsvWriter.builder().build(folder.resolve("dead-letter.csv"));
    successes.writeRecord(with(with(header, "detect_task_id"), more));
    deadLetters.writeRecord(with(header, "code", "message"));
  }

  void write(Row row, Reply reply, String... more) {
    switch (reply.code()) {
      case 200 -> write(successes, with(with(row.cells(), reply.taskId()), more));
      default ->
          write(deadLetters, with(row.cells(), String.valueOf(reply.code()), reply.message()));
    }
  }

  private static void write(CsvWriter writer, List<String> cells) {
    synchronized (writer) {
      writer.writeRecord(cells);
    }
  }

  private static List<String> with(List<String> cells, String... more) {
    List<String> all = new ArrayList<>(cells);
    all.addAll(List.of(more));
    return all;
  }

  @Override
  public void close() throws IOException {
    successes.close();
    deadLetters.close();
  }
}
