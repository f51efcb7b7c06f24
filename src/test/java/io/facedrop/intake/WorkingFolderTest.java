package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.publish.PreparedLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingFolderTest {
  @TempDir Path home;

  @Test
  void removesAPickedUpFileAndTheFoldersThatOnlyItWasIn() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve(".work/1/a/b#%/m.csv"), "");
    Path other = PreparedLedger.manifest(home.resolve(".work/2/n.csv"), "");
    WorkingFolder.release(file);
    assertThat(home.resolve(".work/1")).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void removesWhatADeadNodeHasFetchedOfIt() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve(".work/sftp-1/a/m.csv"), "");
    PreparedLedger.manifest(home.resolve(".work/sftp-1/a/.m.csv~3"), "");
    WorkingFolder.release(file);
    assertThat(home.resolve(".work/sftp-1")).doesNotExist();
  }

  @Test
  void leavesFoldersThatOthersAreIn() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve(".work/1/a/m.csv"), "");
    Path other = PreparedLedger.manifest(home.resolve(".work/1/n.csv"), "");
    WorkingFolder.release(file);
    assertThat(home.resolve(".work/1/a")).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void cleansUpBehindAFileThatVanished() throws Exception {
    Path folder = Files.createDirectories(home.resolve(".work/1/a"));
    WorkingFolder.release(folder.resolve("m.csv"));
    assertThat(home.resolve(".work/1")).doesNotExist();
    assertThat(home.resolve(".work")).exists();
  }

  @Test
  void leavesAFileOutsideTheWorkingFolderAlone() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve("m.csv"), "");
    WorkingFolder.release(file);
    assertThat(file).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/inbox/.work/E-1/m.csv, .work/E-1/m.csv, m.csv",
    "/srv/inbox/.work/E-1/partner/m.csv, .work/E-1/partner/m.csv, partner/m.csv",
    "/srv/.work/inbox/.work/E-1/m.csv, .work/E-1/m.csv, m.csv"
  })
  void knowsAPickedUpFileByItsPlaceBelowTheInboxWhichMayBeMoved(
      String pickUp, String source, String dropped) {
    assertThat(WorkingFolder.source(Path.of(pickUp))).isEqualTo(Path.of(source));
    assertThat(WorkingFolder.dropped(Path.of(pickUp))).isEqualTo(dropped);
  }
}
