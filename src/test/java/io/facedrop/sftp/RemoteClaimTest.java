package io.facedrop.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteClaimTest {
  private static final String OWNER = "0a1b2c3d";

  @ParameterizedTest
  @CsvSource({
    "m.csv, 0a1b2c3d-E-1~m.csv",
    "partner/north/m.csv, partner/north/0a1b2c3d-E-1~m.csv",
    "a~b.csv, 0a1b2c3d-E-1~a~b.csv"
  })
  void isReadBackFromItsNameOnTheServer(String dropped, String belowWork) {
    RemoteClaim claim = RemoteClaim.of(OWNER, "E-1", dropped);

    assertThat(claim.belowWork()).isEqualTo(belowWork);
    assertThat(RemoteClaim.of(belowWork)).contains(claim);
    assertThat(claim.dropped()).isEqualTo(dropped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.csv", "partner/m.csv", "~m.csv", "E-1~", "a b~m.csv", "~", ""})
  void isNoFileThatSomebodyPutIntoTheWorkingFolder(String belowWork) {
    assertThat(RemoteClaim.of(belowWork)).isEmpty();
  }

  @Test
  void hasAnIdOf64CharactersAtMost() {
    assertThat(RemoteClaim.of("x".repeat(64) + "~m.csv")).isPresent();
    assertThat(RemoteClaim.of("x".repeat(65) + "~m.csv")).isEmpty();
  }

  @Test
  void belongsToTheLedgerThatClaimedIt() {
    RemoteClaim claim = RemoteClaim.of(OWNER, "E-1", "m.csv");

    assertThat(claim.isOf(OWNER)).isTrue();
    assertThat(claim.isOf("0a1b2c3e")).isFalse();
    assertThat(claim.isOf("0a1b")).as("the beginning of its name").isFalse();
  }

  @Test
  void liesInTheInboxUnderAFolderOfItsOwn() {
    RemoteClaim claim = RemoteClaim.of(OWNER, "E-1", "partner/m.csv");

    assertThat(claim.in(Path.of("/srv/inbox")))
        .isEqualTo(Path.of("/srv/inbox/.work/sftp-0a1b2c3d-E-1/partner/m.csv"));
    assertThat(claim.source()).isEqualTo(Path.of(".work/sftp-0a1b2c3d-E-1/partner/m.csv"));
  }

  @Test
  void losesTheBeginningOfANameThatIsTooLongForAFileSystem() {
    RemoteClaim claim = RemoteClaim.of(OWNER, "E-1", "deep/" + "\uD83D\uDE00".repeat(62) + ".csv");

    String name = claim.belowWork().substring("deep/".length());

    assertThat(name).startsWith("0a1b2c3d-E-1~\uD83D\uDE00").endsWith(".csv");
    assertThat(name.getBytes(UTF_8)).hasSizeBetween(252, 255);
  }

  @Test
  void makesNoLinesInALog() {
    assertThat(RemoteClaim.of(OWNER, "E-1", "a\nERROR b.csv").shown()).isEqualTo("a?ERROR b.csv");
  }
}
