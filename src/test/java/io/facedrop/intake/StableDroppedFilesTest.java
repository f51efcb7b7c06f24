package io.facedrop.intake;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.camel.component.file.GenericFile;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableDroppedFilesTest {
  private static final Duration QUIET = Duration.ofMillis(100);

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
    StableDroppedFiles settled = new StableDroppedFiles(QUIET);
    assertThat(isTaken(settled)).isFalse();

    often().until(() -> isTaken(settled));
  }

  @Test
  void takesNoFileThatGrows() {
    isNeverTakenWhile(() -> Files.writeString(manifest, "https://a.example/1.png\n", APPEND));
  }

  @Test
  void takesNoFileWhoseChecksumGrows() throws IOException {
    Path checksum = Files.createFile(inbox.resolve("m.csv.sha256"));
    isNeverTakenWhile(() -> Files.writeString(checksum, "7", APPEND));
  }

  @Test
  void takesNoFileThatIsReplacedByOneOfItsSizeAndTime() throws IOException {
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
    StableDroppedFiles settled = new StableDroppedFiles(QUIET.multipliedBy(3));

    often().during(QUIET.multipliedBy(5)).until(() -> !isTaken(settled));
  }

  @Test
  void aFileThatIsTakenStartsAnewWhenItComesAgain() {
    StableDroppedFiles settled = new StableDroppedFiles(QUIET);
    often().until(() -> isTaken(settled));

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
  private void isNeverTakenWhile(Callable<?> change) {
    StableDroppedFiles settled = new StableDroppedFiles(QUIET);
    often()
        .during(QUIET.multipliedBy(3))
        .until(
            () -> {
              change.call();
              return !isTaken(settled);
            });
  }

  private static ConditionFactory often() {
    return await().pollInterval(Duration.ofMillis(10));
  }

  private boolean isTaken(StableDroppedFiles settled) {
    GenericFile<File> file = new GenericFile<>();
    file.setFile(manifest.toFile());
    return settled.acquireExclusiveReadLock(null, file, null);
  }
}
