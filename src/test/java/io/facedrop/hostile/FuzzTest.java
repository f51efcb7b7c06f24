package io.facedrop.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken manifests in a process of 256 MB, for {@code -Dfuzz.seconds}; {@code -Dfuzz.seed} repeats
 * those of an earlier run.
 */
class FuzzTest {
  private static final long PATIENCE_SECONDS = 120;

  @TempDir Path folder;

  @Test
  void nothingBrokenCrashesHangsOrFillsTheMemory() throws Exception {
    long seconds = Long.getLong("fuzz.seconds", 15);
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    Path out = folder.resolve("out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Fuzz.class.getName(),
                Files.createDirectories(folder.resolve("cases")).toString(),
                Long.toString(seed),
                Long.toString(seconds))
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(seconds + PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("ends, with seed " + seed)
          .isTrue();
      List<String> said = Files.readAllLines(out);
      System.out.println(said.get(said.size() - 1));
      assertThat(process.exitValue()).as("seed %d%n%s", seed, String.join("\n", said)).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
