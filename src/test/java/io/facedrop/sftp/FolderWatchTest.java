package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SftpException;
import io.facedrop.files.LogLines;
import java.time.Duration;
import org.apache.camel.Endpoint;
import org.junit.jupiter.api.Test;

class FolderWatchTest extends LookedAtFolder {
  private static final String REFUSED = "the server cannot be reached (Connection refused)";

  private final LogLines log = LogLines.of(FolderWatch.class);

  @Test
  void saysOnceThatTheFolderIsWatched() {
    look(dropped, 0);
    look(dropped, 3);

    assertThat(log.get()).containsExactly("INFO " + PLACE + " is watched");
    assertThat(trouble()).isEmpty();
  }

  @Test
  void saysOnceThatTheFolderCannotBeLookedAtAndThatItCanAgain() {
    fail(dropped, new JSchException("Connection refused"));
    fail(dropped, new JSchException("Connection refused"));
    assertThat(trouble()).isEqualTo(REFUSED);

    look(dropped, 0);

    assertThat(trouble()).isEmpty();
    assertThat(log.get())
        .containsExactly(
            "ERROR cannot poll " + PLACE + ": " + REFUSED + "; retrying",
            "INFO " + PLACE + " can be looked at again, going on");
  }

  @Test
  void isWellOnlyWhenAllItsFoldersAre() {
    fail(dropped, new SftpException(ChannelSftp.SSH_FX_NO_SUCH_FILE, "No such file"));
    fail(pickedUp, new JSchException("Connection refused"));
    assertThat(trouble())
        .isEqualTo(REFUSED + "; there is no such folder on the server (No such file)");

    look(pickedUp, 0);
    assertThat(trouble()).isEqualTo("there is no such folder on the server (No such file)");
  }

  @Test
  void doesNotTakeAMissingWorkingFolderForAWatchedOne() {
    look(pickedUp, 0);

    assertThat(log.get()).isEmpty();
    assertThat(troubles()).isEmpty();
  }

  @Test
  void aFileInTroubleIsTroubleUntilALaterLookTakesOne() {
    watch.begin(null, dropped);
    watch.failed(dropped, "Cannot rename file: m.csv");
    watch.failed(dropped, "Cannot rename file: n.csv");
    watch.commit(null, dropped, 5);
    assertThat(trouble()).isEqualTo("Cannot rename file: m.csv");

    look(dropped, 0);
    assertThat(trouble()).as("nothing was taken").isEqualTo("Cannot rename file: m.csv");

    look(dropped, 1);
    assertThat(trouble()).isEmpty();
  }

  @Test
  void aFileThatNobodyHasTriedForLongIsTroubleNoMore() {
    watch.begin(null, dropped);
    watch.failed(dropped, "Cannot rename file: m.csv");
    watch.commit(null, dropped, 0);

    pass(Duration.ofSeconds(65));
    look(dropped, 0);
    assertThat(trouble()).isEqualTo("Cannot rename file: m.csv");

    pass(Duration.ofSeconds(1));
    look(dropped, 0);
    assertThat(trouble()).isEmpty();
  }

  private void look(Endpoint endpoint, int files) {
    watch.begin(null, endpoint);
    watch.commit(null, endpoint, files);
  }

  private void fail(Endpoint endpoint, Exception failure) {
    watch.begin(null, endpoint);
    assertThat(watch.rollback(null, endpoint, 0, failure)).as("asked again at once").isFalse();
  }

  private String trouble() {
    assertThat(troubles()).hasSize(1);
    return troubles().get(0);
  }
}
