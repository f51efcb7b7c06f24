package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import io.facedrop.files.Tree;
import io.facedrop.intake.DoneFileName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CompanionsTest extends WatchedServer {
  private static final String CLAIMED = "partner/0a1b2c3d-E-1~m.csv";
  private static final String FETCHED = ".work/sftp-0a1b2c3d-E-1/partner/m.csv.sha256";

  private Path inbox;

  @BeforeEach
  void pickUp() throws IOException {
    inbox = home.resolve("inbox");
    put(".work/" + CLAIMED, "image_url\n");
  }

  @Test
  void fetchesTheChecksumThatFollowedTheManifestAsOftenAsTheManifest() throws IOException {
    Path checksum = put(".work/" + CLAIMED + ".sha256", "7f3a  m.csv\n");
    fetch("");
    Files.delete(inbox.resolve(FETCHED));

    fetch("");

    assertThat(inbox.resolve(FETCHED)).hasContent("7f3a  m.csv\n");
    assertThat(checksum).exists();
  }

  @Test
  void fetchesAChecksumThatCameAfterItsManifestWasPickedUp() throws IOException {
    Path checksum = put("partner/m.csv.sha256", "7f3a  m.csv\n");

    fetch("");

    assertThat(inbox.resolve(FETCHED)).hasContent("7f3a  m.csv\n");
    assertThat(checksum).doesNotExist();
    assertThat(in.resolve(".work/" + CLAIMED + ".sha256")).exists();
  }

  @Test
  void leavesTheChecksumOfTheNextManifestOfThatName() throws IOException {
    put("partner/m.csv", "image_url\n");
    Path checksum = put("partner/m.csv.sha256", "9999  m.csv\n");

    fetch("");

    assertThat(Tree.files(inbox)).isEmpty();
    assertThat(checksum).exists();
  }

  @Test
  void removesTheDoneFile() throws IOException {
    Path done = put("partner/m.csv.done", "");

    fetch("${file:name}.done");

    assertThat(done).doesNotExist();
  }

  @Test
  void leavesTheDoneFileOfTheNextManifestOfThatName() throws IOException {
    put("partner/m.csv", "image_url\n");
    Path done = put("partner/m.csv.done", "");

    fetch("${file:name}.done");

    assertThat(done).exists();
  }

  @Test
  void readsNoMoreOfAChecksumThanOneCanHave() throws IOException {
    put(".work/" + CLAIMED + ".sha256", "x".repeat(100_000));

    fetch("");

    assertThat(inbox.resolve(FETCHED)).hasSize(4096);
  }

  @Test
  void saysOnceThatAFileDoesNotCome() {
    LogLines log = LogLines.of(Companions.class);
    Companions companions = companions("");
    for (int look = 0; look < 5; look++) {
      fetch(companions);
    }

    assertThat(log.get())
        .containsExactly(
            "WARN partner/m.csv was asked for 3 times and has not come whole from the SFTP server;"
                + " it stays in the working folder there and is asked for again: may the account read it?");
  }

  private void fetch(String donePattern) {
    fetch(companions(donePattern));
  }

  private Companions companions(String donePattern) {
    Companions companions = new Companions(inbox, new DoneFileName(donePattern));
    companions.prepareOnStartup(operations, endpoint("in/.work"));
    return companions;
  }

  /** As the consumer of the working folder does, whose names begin there. */
  private void fetch(Companions companions) {
    var file = listed(".work/" + CLAIMED);
    file.setRelativeFilePath(CLAIMED);
    assertThat(companions.acquireExclusiveReadLock(operations, file, about(file))).isTrue();
  }
}
