package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is shown on a terminal, which util-linux's script makes. */
class TerminalAcceptanceTest {
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir Path folder;

  @Test
  void statusFitsTheTerminal() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(SCRIPT), "left out: it needs " + SCRIPT);
    try (Workbench bench = new Workbench(folder)) {
      for (int n = 0; n < 3; n++) {
        String name = "orders-of-a-customer-with-a-long-name-2026-11-30-" + n + ".csv";
        assertThat(bench.run(bench.manifest(name, 3 + n, Map.of()))).isEqualTo(ExitCode.OK);
      }

      List<String> narrow = onTerminal(bench, 80, 24, "status");
      assertThat(narrow).hasSize(6).allMatch(line -> line.length() <= 80);
      assertThat(narrow.get(3)).contains("complete ").containsPattern("orders-.*\\.\\.\\..*2.csv");
      List<String> wide = onTerminal(bench, 200, 24, "status");
      assertThat(wide.get(3)).endsWith("orders-of-a-customer-with-a-long-name-2026-11-30-2.csv");
      assertThat(watched(bench, 80, 6))
          .contains("\u001b[H\u001b[J" + narrow.get(0) + "\r\n" + narrow.get(1) + "\r\n")
          .contains("left out: 2 batches; status without --watch shows them\r\n");
    }
  }

  private List<String> onTerminal(Workbench bench, int columns, int rows, String... command)
      throws IOException, InterruptedException {
    Path shown = folder.resolve("shown");
    assertThat(started(bench, shown, columns, rows, command).waitFor()).isZero();
    return Files.readString(shown).lines().toList();
  }

  /** Until it has been drawn twice. */
  private String watched(Workbench bench, int columns, int rows) throws IOException {
    Path shown = folder.resolve("watched");
    Process process = started(bench, shown, columns, rows, "status", "--watch");
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Files.exists(shown) && Files.readString(shown).split("left out").length > 2);
      return Files.readString(shown);
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
  }

  private Process started(Workbench bench, Path shown, int columns, int rows, String... command)
      throws IOException {
    List<String> java =
        PackagedJar.process(folder, bench.asOptions(), Map.of(), List.of(command)).command();
    String line = "stty cols " + columns + " rows " + rows + "; '" + String.join("' '", java) + "'";
    return new ProcessBuilder(SCRIPT.toString(), "-qec", line, "/dev/null")
        .directory(folder.toFile())
        .redirectInput(ProcessBuilder.Redirect.PIPE)
        .redirectErrorStream(true)
        .redirectOutput(shown.toFile())
        .start();
  }
}
