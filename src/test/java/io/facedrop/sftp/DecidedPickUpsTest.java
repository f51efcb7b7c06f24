package io.facedrop.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.files.LogLines;
import io.facedrop.ledger.model.Batch;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DecidedPickUpsTest extends PickedUpOnServer {
  private final DecidedPickUps decided = new DecidedPickUps(ledger.deliveries());

  @Test
  void leavesAManifestWhereItIsUntilItsBatchIsComplete() throws IOException {
    assertThat(decided.accept(listed(pickUp.belowWork()))).as("not accepted yet").isFalse();

    Batch batch = ledger.accept(pickUp);
    assertThat(decided.accept(listed(pickUp.belowWork()))).as("an open batch").isFalse();

    ledger.complete(batch);
    assertThat(decided.accept(listed(pickUp.belowWork()))).isTrue();
  }

  @Test
  void archivesAManifestByTheDayAndTheBatchThatItBecame() throws IOException {
    LogLines log = LogLines.of(DecidedPickUps.class);
    Batch batch = ledger.accept(pickUp);
    ledger.complete(batch);

    String place = ".archive/partner/2026-05-27/" + batch.id() + "-m.csv";
    assertThat(decided.place(about(listed(pickUp.belowWork())))).isEqualTo("../" + place);
    assertThat(log.get()).containsExactly("INFO set aside on the SFTP server: " + place);
  }

  @Test
  void setsARejectedManifestAsideUnderTheNameThatItWasKeptBy() throws IOException {
    ledger.reject(pickUp, "partner/20260527T131404Z-m.csv");

    assertThat(decided.accept(listed(pickUp.belowWork()))).isTrue();
    assertThat(decided.place(about(listed(pickUp.belowWork()))))
        .isEqualTo("../.rejected/partner/20260527T131404Z-m.csv");
  }

  @Test
  void looksIntoFoldersAndAtNothingThatSomebodyPutThere() throws IOException {
    put("partner/other.csv", "");

    assertThat(decided.accept(listed("partner"))).isTrue();
    assertThat(decided.accept(listed("partner/other.csv"))).isFalse();
  }
}
