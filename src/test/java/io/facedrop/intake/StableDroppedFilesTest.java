package io.facedrop.intake;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableDroppedFilesTest {
  private static final Duration QUIET = Duration.ofSeconds(5);

  private final AtomicLong nanos = new AtomicLong();

  @TempDir Path inbox;
  private Path manifest;

  @BeforeEach
  void drop() throws IOException {
    manifest = Files.writeString(inbox.resolve("m.csv"), "image_url\n");
  }

  @Test
  void takesAFileAtOnceWhereADoneFileSaysThatItIsWhole() {
    assertThat(isTaken(new StableDroppedFiles(Duration.ZERO))).isTrue();
  }

  @Test
  void takesAFileOnceItHasNotChangedForAWhile() {
    StableDroppedFiles settled = settled();
    assertThat(isTaken(settled)).isFalse();

    pass(QUIET.minusNanos(1));
    assertThat(isTaken(settled)).isFalse();
    pass(Duration.ofNanos(1));
    assertThat(isTaken(settled)).isTrue();
  }

  @Test
  void takesNoFileThatGrows() throws Exception {
    isNeverTakenWhile(() -> Files.writeString(manifest, "https://a.example/1.png\n", APPEND));
  }

  @Test
  void takesNoFileWhoseChecksumGrows() throws Exception {
    Path checksum = Files.createFile(inbox.resolve("m.csv.sha256"));
    isNeverTakenWhile(() -> Files.writeString(checksum, "7", APPEND));
  }

  @Test
  void takesNoFileThatIsReplacedByOneOfItsSizeAndTime() throws Exception {
    FileTime modified = Files.getLastModifiedTime(manifest);
    isNeverTakenWhile(
        () -> {
          Path other = Files.writeString(inbox.resolve("other"), "image_url\n");
          Files.setLastModifiedTime(other, modified);
          return Files.move(other, manifest, StandardCopyOption.REPLACE_EXISTING);
        });
  }

  @Test
  void isPatientWithAFileThatIsStillEmpty() throws IOException {
    Files.writeString(manifest, "");
    StableDroppedFiles settled = settled();
    assertThat(isTaken(settled)).isFalse();

    pass(QUIET.multipliedBy(9));
    assertThat(isTaken(settled)).isFalse();
    pass(QUIET);
    assertThat(isTaken(settled)).isTrue();
  }

  @Test
  void aFileThatIsTakenStartsAnewWhenItComesAgain() {
    StableDroppedFiles settled = settled();
    isTaken(settled);
    pass(QUIET);
    assertThat(isTaken(settled)).isTrue();

    assertThat(isTaken(settled)).isFalse();
  }

  @Test
  void takesNeitherWhatIsGoneNorWhatALinkHasReplaced() throws IOException {
    Path other = Files.writeString(inbox.resolve("other"), "image_url\n");
    Files.delete(manifest);
    assertThat(isTaken(new StableDroppedFiles(Duration.ZERO))).isFalse();

    Files.createSymbolicLink(manifest, other);
    assertThat(isTaken(new StableDroppedFiles(Duration.ZERO))).isFalse();
  }

  /** For much longer than a file must have been quiet. */
  private void isNeverTakenWhile(Callable<?> change) throws Exception {
    StableDroppedFiles settled = settled();
    for (int poll = 0; poll < 5; poll++) {
      change.call();
      assertThat(isTaken(settled)).isFalse();
      pass(QUIET);
    }
  }

  private StableDroppedFiles settled() {
    return new StableDroppedFiles(QUIET, nanos::get);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private boolean isTaken(StableDroppedFiles settled) {
    GenericFile<File> file = new GenericFile<>();
    file.setFile(manifest.toFile());
    return settled.acquireExclusiveReadLock(null, file, null);
  }
}
