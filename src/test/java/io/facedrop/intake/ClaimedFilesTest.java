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

class ClaimedFilesTest {
  private final ClaimedFiles claimed = new ClaimedFiles(null);

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource(
      value = {
        "claim/m.csv | ''",
        "claim/partner/m.csv | partner/",
        "claim/a b/#1 50%?&+/m.csv | a b/#1 50%?&+/",
        "claim/Zürich/'q' \"r\"/m.csv | Zürich/'q' \"r\"/",
        "claim/.../m.csv | .../"
      },
      delimiter = '|',
      quoteCharacter = '`')
  void tellsTheFolderBelowTheInbox(String name, String folder) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
    exchange.getMessage().setBody(home.resolve("m.csv").toFile());
    claimed.mark(exchange);
    assertThat(exchange.getMessage().getHeader(Intake.FOLDER))
        .isEqualTo(folder.equals("''") ? "" : folder);
    assertThat(exchange.getMessage().getHeader(Intake.CLAIMED)).isEqualTo(true);
  }

  @Test
  void removesAClaimedFileAndTheFoldersThatOnlyItWasIn() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve(".work/1/a/b#%/m.csv"), "");
    Path other = PreparedLedger.manifest(home.resolve(".work/2/n.csv"), "");
    ClaimedFiles.release(file);
    assertThat(home.resolve(".work/1")).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void leavesFoldersThatOthersAreIn() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve(".work/1/a/m.csv"), "");
    Path other = PreparedLedger.manifest(home.resolve(".work/1/n.csv"), "");
    ClaimedFiles.release(file);
    assertThat(home.resolve(".work/1/a")).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void cleansUpBehindAFileThatVanished() throws Exception {
    Path folder = Files.createDirectories(home.resolve(".work/1/a"));
    ClaimedFiles.release(folder.resolve("m.csv"));
    assertThat(home.resolve(".work/1")).doesNotExist();
    assertThat(home.resolve(".work")).exists();
  }

  @Test
  void leavesAFileOutsideTheWorkingFolderAlone() throws Exception {
    Path file = PreparedLedger.manifest(home.resolve("m.csv"), "");
    ClaimedFiles.release(file);
    assertThat(file).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "/srv/inbox/.work/E-1/m.csv, .work/E-1/m.csv, m.csv",
    "/srv/inbox/.work/E-1/partner/m.csv, .work/E-1/partner/m.csv, partner/m.csv",
    "/srv/.work/inbox/.work/E-1/m.csv, .work/E-1/m.csv, m.csv"
  })
  void knowsAClaimedFileByItsPlaceBelowTheInboxWhichMayBeMoved(
      String claim, String source, String dropped) {
    assertThat(ClaimedFiles.source(Path.of(claim))).isEqualTo(Path.of(source));
    assertThat(ClaimedFiles.dropped(Path.of(claim))).isEqualTo(dropped);
  }

  @Test
  void tellsTheOperatorWhatWasClaimed() {
    LogLines log = LogLines.of(ClaimedFiles.class);
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(home.resolve(".work/E-1/partner/m.csv").toFile());

    claimed.announce(exchange);

    assertThat(log.get()).containsExactly("INFO claimed partner/m.csv");
  }
}
