package io.facedrop.sftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemotePickUpTest {
  private static final String OWNER = "0a1b2c3d";

  @ParameterizedTest
  @CsvSource({
    "m.csv, 0a1b2c3d-E-1~m.csv",
    "partner/north/m.csv, partner/north/0a1b2c3d-E-1~m.csv",
    "a~b.csv, 0a1b2c3d-E-1~a~b.csv"
  })
  void isReadBackFromItsNameOnTheServer(String dropped, String belowWork) {
    RemotePickUp pickUp = RemotePickUp.of(OWNER, "E-1", dropped);

    assertThat(pickUp.belowWork()).isEqualTo(belowWork);
    assertThat(RemotePickUp.of(belowWork)).contains(pickUp);
    assertThat(pickUp.dropped()).isEqualTo(dropped);
  }

  @ParameterizedTest
  @ValueSource(strings = {"m.csv", "partner/m.csv", "~m.csv", "E-1~", "a b~m.csv", "~", ""})
  void isNoFileThatSomebodyPutIntoTheWorkingFolder(String belowWork) {
    assertThat(RemotePickUp.of(belowWork)).isEmpty();
  }

  @Test
  void hasAnIdOf64CharactersAtMost() {
    assertThat(RemotePickUp.of("x".repeat(64) + "~m.csv")).isPresent();
    assertThat(RemotePickUp.of("x".repeat(65) + "~m.csv")).isEmpty();
  }

  @Test
  void belongsToTheLedgerThatPickedUpIt() {
    RemotePickUp pickUp = RemotePickUp.of(OWNER, "E-1", "m.csv");

    assertThat(pickUp.isOf(OWNER)).isTrue();
    assertThat(pickUp.isOf("0a1b2c3e")).isFalse();
    assertThat(pickUp.isOf("0a1b")).as("the beginning of its name").isFalse();
  }

  @Test
  void liesInTheInboxUnderAFolderOfItsOwn() {
    RemotePickUp pickUp = RemotePickUp.of(OWNER, "E-1", "partner/m.csv");

    assertThat(pickUp.in(Path.of("/srv/inbox")))
        .isEqualTo(Path.of("/srv/inbox/.work/sftp-0a1b2c3d-E-1/partner/m.csv"));
    assertThat(pickUp.source()).isEqualTo(Path.of(".work/sftp-0a1b2c3d-E-1/partner/m.csv"));
  }

  @Test
  void losesTheBeginningOfANameThatIsTooLongForAFileSystem() {
    RemotePickUp pickUp =
        RemotePickUp.of(OWNER, "E-1", "deep/" + "\uD83D\uDE00".repeat(62) + ".csv");

    String name = pickUp.belowWork().substring("deep/".length());

    assertThat(name).startsWith("0a1b2c3d-E-1~\uD83D\uDE00").endsWith(".csv");
    assertThat(name.getBytes(UTF_8)).hasSizeBetween(252, 255);
  }

  @Test
  void makesNoLinesInALog() {
    assertThat(RemotePickUp.of(OWNER, "E-1", "a\nERROR b.csv").shown()).isEqualTo("a?ERROR b.csv");
  }
}
