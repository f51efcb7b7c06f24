package io.facedrop.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import io.facedrop.publish.PreparedLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PickedUpFilesTest {
  private final PickedUpFiles pickedUp = new PickedUpFiles(null, null);

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource(
      value = {
        "pickUp/m.csv | ''",
        "pickUp/partner/m.csv | partner/",
        "pickUp/a b/#1 50%?&+/m.csv | a b/#1 50%?&+/",
        "pickUp/Zürich/'q' \"r\"/m.csv | Zürich/'q' \"r\"/",
        "pickUp/.../m.csv | .../"
      },
      delimiter = '|',
      quoteCharacter = '`')
  void tellsTheFolderBelowTheInbox(String name, String folder) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
    exchange.getMessage().setBody(home.resolve("m.csv").toFile());
    pickedUp.mark(exchange);
    assertThat(exchange.getMessage().getHeader(Intake.FOLDER))
        .isEqualTo(folder.equals("''") ? "" : folder);
    assertThat(exchange.getMessage().getHeader(Intake.PICKED_UP)).isEqualTo(true);
  }

  @Test
  void removesAPickedUpFileAndTheFoldersThatOnlyItWasIn() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve(".work/1/a/b#%/m.csv"), "");
    Path other = PreparedLedger.manifest(home.resolve(".work/2/n.csv"), "");
    PickedUpFiles.release(file);
    assertThat(home.resolve(".work/1")).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void removesWhatADeadNodeHasFetchedOfIt() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve(".work/sftp-1/a/m.csv"), "");
    PreparedLedger.manifest(home.resolve(".work/sftp-1/a/.m.csv~3"), "");
    PickedUpFiles.release(file);
    assertThat(home.resolve(".work/sftp-1")).doesNotExist();
  }

  @Test
  void leavesFoldersThatOthersAreIn() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve(".work/1/a/m.csv"), "");
    Path other = PreparedLedger.manifest(home.resolve(".work/1/n.csv"), "");
    PickedUpFiles.release(file);
    assertThat(home.resolve(".work/1/a")).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void cleansUpBehindAFileThatVanished() throws Exception {
    Path folder = Files.createDirectories(home.resolve(".work/1/a"));
    PickedUpFiles.release(folder.resolve("m.csv"));
    assertThat(home.resolve(".work/1")).doesNotExist();
    assertThat(home.resolve(".work")).exists();
  }

  @Test
  void leavesAFileOutsideTheWorkingFolderAlone() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve("m.csv"), "");
    PickedUpFiles.release(file);
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
    assertThat(PickedUpFiles.source(Path.of(pickUp))).isEqualTo(Path.of(source));
    assertThat(PickedUpFiles.dropped(Path.of(pickUp))).isEqualTo(dropped);
  }

  @Test
  void tellsTheOperatorWhatWasPickedUp() {
    LogLines log = LogLines.of(PickedUpFiles.class);
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(home.resolve(".work/E-1/partner/m.csv").toFile());

    pickedUp.announce(exchange);

    assertThat(log.get()).containsExactly("INFO picked up partner/m.csv");
  }
}
