package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.view.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LedgerAcceptanceTest extends AuditedLedger {
  private static final List<String> TWO = List.of(LedgerBench.url(0), LedgerBench.url(1));

  @Test
  void rowsCannotBeClaimedUntilTheirManifestIsAccepted() {
    long loading = bench.loading("cats.csv", TWO);

    assertThat(bench.claim()).isNull();
    assertThat(bench.ledger.openBatches()).isEmpty();
    assertThat(bench.ledger.newestBatches(10)).isEmpty();
    assertThat(bench.ledger.batchesOf(LedgerBench.SHA256)).isEmpty();
    assertThat(bench.ledger.accepted(Path.of("/inbox/cats.csv"))).isFalse();

    bench.ledger.acceptance().accept(loading, LedgerBench.SHA256);

    assertThat(bench.claim().imageUrl()).isEqualTo(LedgerBench.url(0));
    assertThat(bench.ledger.accepted(Path.of("/inbox/cats.csv"))).isTrue();
  }

  @Test
  void batchTellsWhatItsManifestTold() {
    Batch batch = bench.batch("cats.csv", TWO);

    assertThat(batch.id()).isEqualTo("20260527T131404Z-7f3a91c2");
    assertThat(batch.manifest()).isEqualTo("cats.csv");
    assertThat(batch.fileStem()).isEqualTo("cats.20260527T131404Z-7f3a91c2");
    assertThat(batch.layout().header()).isEqualTo("image_url,name");
    assertThat(batch.layout().delimiter()).isEqualTo(',');
    assertThat(batch.rows()).isEqualTo(2);
    assertThat(batch.open()).isEqualTo(2);
    assertThat(batch.acceptedAt()).isEqualTo(LedgerBench.START);
    assertThat(bench.ledger.batch(batch.id())).contains(batch);
  }

  @Test
  void discardedManifestLeavesNothing() {
    long loading =
        bench.loading("cats.csv", List.of(LedgerBench.url(0), "no URL", LedgerBench.url(1)));

    bench.ledger.acceptance().discard(loading);

    for (String table : List.of("batch", "manifest_row", "progress", "part", "claim")) {
      assertThat(bench.see("select count(*) from " + table)).as(table).isEqualTo(0);
    }
  }

  @Test
  void whatCouldNotBeRemovedIsBeforeTheNextManifestIsTakenIn() {
    long loading = bench.loading("cats.csv", TWO);
    bench.refuse("delete", "manifest_row", "the disk is full");
    assertThatThrownBy(() -> bench.ledger.acceptance().discard(loading))
        .isInstanceOf(LedgerException.class);
    bench.allow("manifest_row");

    Batch again = bench.batch("cats.csv", TWO);

    assertThat(bench.see("select count(*) from batch")).isEqualTo(1);
    assertThat(bench.see("select count(*) from manifest_row")).isEqualTo(2);
    assertThat(bench.now(again)).isEqualTo(again);
  }

  @Test
  void discardLeavesAnAcceptedBatchAlone() {
    Batch batch = bench.batch("cats.csv", List.of(LedgerBench.url(0), "no URL"));

    bench.ledger.acceptance().discard(batch.number());

    assertThat(bench.now(batch)).isEqualTo(batch);
    assertThat(bench.see("select count(*) from manifest_row")).isEqualTo(2);
    assertThat(bench.claim().imageUrl()).isEqualTo(LedgerBench.url(0));
  }

  @Test
  void batchesOfOneContentWithinASecondBearDifferentIds() {
    Batch first = bench.batch("cats.csv", TWO);
    clock.forward(Duration.ofMillis(300));
    Batch second = bench.batch("cats.csv", TWO);
    Batch third = bench.batch("cats.csv", TWO);

    assertThat(List.of(first.id(), second.id(), third.id()))
        .containsExactly(
            "20260527T131404Z-7f3a91c2", "20260527T131405Z-7f3a91c2", "20260527T131406Z-7f3a91c2");
    assertThat(bench.ledger.batchesOf(LedgerBench.SHA256)).containsExactly(third, second, first);
  }

  @Test
  void invalidUrlIsADeadLetterAtOnceAndCounted() {
    Batch batch =
        bench.batch("cats.csv", List.of("ftp://x/1", LedgerBench.url(1), "", LedgerBench.url(3)));

    assertThat(batch.invalid()).isEqualTo(2);
    assertThat(batch.dead()).isEqualTo(2);
    assertThat(batch.open()).isEqualTo(2);
    assertThat(bench.claimAll())
        .extracting(ClaimedRow::imageUrl)
        .containsExactly(LedgerBench.url(1), LedgerBench.url(3));
    assertThat(bench.ledger.of(batch).totals().deadLetters())
        .containsExactly(new Tally("INVALID_URL", null, 2));
    assertThat(bench.see("select distinct charged from progress where state = 'dead'"))
        .isEqualTo("no");
  }

  @Test
  void batchWithoutRowsIsSettledAtOnce() {
    Batch batch = bench.batch("none.csv", List.of());

    assertThat(bench.ledger.settledBatches()).containsExactly(batch);
    assertThat(bench.claim()).isNull();
  }

  @Test
  void acceptingTwiceIsRefused() {
    Batch batch = bench.batch(1);

    assertThatThrownBy(() -> bench.ledger.acceptance().accept(batch.number(), LedgerBench.SHA256))
        .isInstanceOf(LedgerException.class)
        .hasMessage(
            "the ledger could not be written: expected one loading batch number 1 to change but"
                + " 0 did; this"
                + " indicates a bug");
  }

  @Test
  void rowsAreRefusedOnceTheirBatchIsAccepted() {
    Batch batch = bench.batch(1);
    bench.ledger.acceptance().add(batch.number(), LedgerBench.group(1, TWO));

    assertThatThrownBy(() -> bench.ledger.acceptance().accept(batch.number(), LedgerBench.SHA256))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("expected one loading batch number 1 to change but 0 did");
    assertThat(bench.see("select count(*) from manifest_row")).isEqualTo(1);
  }

  @Test
  void rowsAreWrittenWhileTheNextAreRead() {
    long loading = bench.begin("cats.csv");
    bench.ledger.acceptance().add(loading, LedgerBench.group(0, TWO));
    bench.ledger.acceptance().add(loading, LedgerBench.group(2, TWO));

    assertThat(bench.see("select count(*) >= 2 from manifest_row")).isEqualTo(1);
    assertThat(bench.ledger.acceptance().accept(loading, LedgerBench.SHA256).rows()).isEqualTo(4);
  }

  @Test
  void whatCouldNotBeAddedIsToldToWhoeverAddsMore() {
    Batch batch = bench.batch(1);
    bench.ledger.acceptance().add(batch.number(), LedgerBench.group(1, TWO));

    assertThatThrownBy(
            () -> bench.ledger.acceptance().add(batch.number(), LedgerBench.group(3, TWO)))
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("expected one loading batch number 1 to change but 0 did");
  }
}
