package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import org.junit.jupiter.api.Test;

class LeftFilesTest {
  private final LogLines log = LogLines.of(LeftFiles.class);
  private final LeftFiles left = new LeftFiles();

  @Test
  void saysOnceThatAFileStays() {
    left.tell("a\nb.csv", "is a symbolic link");
    left.tell("a\nb.csv", "is a symbolic link");
    left.tell("c.csv", "is a symbolic link");

    assertThat(log.get())
        .containsExactly(
            "WARN a?b.csv stays in the inbox: it is a symbolic link",
            "WARN c.csv stays in the inbox: it is a symbolic link");
  }

  @Test
  void aMillionBadNamesDoNotFillTheLog() {
    for (int file = 0; file < 3_000; file++) {
      left.tell(file + ".csv", "is a symbolic link");
    }

    assertThat(log.get()).hasSize(1_000);
  }

  @Test
  void doesNotSayAtOnceThatAManifestWaitsForItsChecksum() {
    left.remind("m.csv");
    left.remind("m.csv");

    assertThat(log.get()).isEmpty();
  }
}
