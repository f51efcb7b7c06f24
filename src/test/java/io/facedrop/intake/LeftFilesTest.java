package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LeftFilesTest {
  private final LogLines log = LogLines.of(LeftFiles.class);
  private final AtomicLong nanos = new AtomicLong();
  private final LeftFiles left = new LeftFiles(nanos::get);

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
  void saysThatAManifestHasWaitedLongAndRemindsOfIt() {
    remind();
    nanos.addAndGet(Duration.ofSeconds(299).toNanos());
    remind();
    assertThat(log.get()).isEmpty();

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    remind();
    nanos.addAndGet(Duration.ofMinutes(59).toNanos());
    remind();

    assertThat(log.get())
        .containsExactly(
            "WARN m.csv stays in the inbox: for 5 minutes and more it has waited for m.csv.sha256"
                + " beside it (facedrop.manifest.checksum=required)");
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    remind();
    assertThat(log.get()).hasSize(2);
  }

  private void remind() {
    left.remind("m.csv", "m.csv.sha256", "facedrop.manifest.checksum=required");
  }
}
