package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwaitedTest {
  private static final Instant NOW = Instant.parse("2026-11-30T07:00:00Z");

  @TempDir Path inbox;

  @Test
  void saysWhichManifestHasWaitedLongForWhat() throws IOException {
    put("partner/old.csv", Duration.ofMinutes(6));
    put("new.csv", Duration.ofMinutes(4));
    put("complete.csv", Duration.ofMinutes(6));
    put("complete.csv.done", Duration.ofMinutes(6));
    put("notes.pdf", Duration.ofMinutes(6));
    put(".work/1/taken.csv", Duration.ofMinutes(6));

    assertThat(waiting("${file:name}.done", false))
        .containsExactly(
            "partner/old.csv stays in the inbox: it waits for old.csv.done beside it"
                + " (facedrop.inbox.done-file)");
    assertThat(waiting("${file:name.noext}.ok", false)).hasSize(2);
    assertThat(waiting("", false)).isEmpty();
    assertThat(waiting("", true))
        .contains(
            "complete.csv stays in the inbox: it waits for complete.csv.sha256 beside it"
                + " (facedrop.manifest.checksum=required)");
  }

  @Test
  void nothingWaitsInAnInboxThatIsNotHere() {
    inbox = inbox.resolve("gone");

    assertThat(waiting("done", true)).isEmpty();
  }

  private List<String> waiting(String doneFile, boolean checksumNeeded) {
    return new Awaited(inbox, doneFile, checksumNeeded).forLong(NOW);
  }

  private void put(String name, Duration age) throws IOException {
    Path file = inbox.resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
    Files.setLastModifiedTime(file, FileTime.from(NOW.minus(age)));
  }
}
