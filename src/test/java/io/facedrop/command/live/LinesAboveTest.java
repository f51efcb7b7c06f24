package io.facedrop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinesAboveTest {
  private static final int COLUMNS = 20;

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(written, true, StandardCharsets.UTF_8);

  @Test
  void linesStandWholeAboveTheLiveLine() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> logged = new ArrayList<>();
    draw();
    try (PrintStream log =
        new PrintStream(
            new LinesAbove(terminal, () -> COLUMNS, this::draw), true, StandardCharsets.UTF_8)) {
      for (int n = 0; n < 200; n++) {
        String line = n + " é" + "x".repeat(random.nextInt(40));
        int cut = random.nextInt(line.length());
        logged.add(line);
        log.print(line.substring(0, cut));
        if (random.nextBoolean()) {
          draw();
        }
        log.print(line.substring(cut) + "\n");
      }
      assertThat(screen()).as("seed %d", seed).startsWith(logged.toArray(String[]::new));
      assertThat(screen()).hasSize(logged.size() + 1).last().isEqualTo("[==>  ]");
      log.print("no end");
    }

    assertThat(written.toString(StandardCharsets.UTF_8)).endsWith("no end");
  }

  private void draw() {
    terminal.print("\r[==>  ]" + " ".repeat(COLUMNS - "[==>  ]".length()));
  }

  /** What a terminal shows of it, without the blanks at the ends. */
  private List<String> screen() {
    List<String> lines = new ArrayList<>();
    for (String line : written.toString(StandardCharsets.UTF_8).split("\n")) {
      StringBuilder shown = new StringBuilder();
      for (String part : line.split("\r")) {
        shown.replace(0, Math.min(part.length(), shown.length()), part);
      }
      lines.add(shown.toString().stripTrailing());
    }
    return lines;
  }
}
