package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.view.Tally;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CancellationTest extends AuditedLedger {
  @Test
  void batchThatOnlyWaitsToBePublishedIsNotCancelled() {
    Batch batch = bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);

    assertThat(bench.ledger.orders().cancel(batch)).isFalse();

    assertThat(bench.now(batch).cancelledAt()).isNull();
  }

  @Test
  void everyRowThatIsNotOutIsADeadLetter() {
    Batch batch = bench.batch(5000);
    for (int i = 0; i < 1500; i++) {
      bench.settle(bench.claim(), Outcome.Kind.RETRY);
    }
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    ClaimedRow out = bench.claim();

    assertThat(bench.ledger.orders().cancel(batch)).isTrue();

    assertThat(bench.now(batch).dead()).isEqualTo(4998);
    assertThat(bench.now(batch).succeeded()).isEqualTo(1);
    assertThat(bench.now(batch).open()).isEqualTo(1);
    assertThat(bench.now(batch).cancelledAt()).isEqualTo(clock.instant());
    clock.forward(Duration.ofHours(1));
    assertThat(bench.claim()).isNull();

    bench.settle(out, Outcome.Kind.SUCCEEDED);
    assertThat(bench.ledger.settledBatches()).hasSize(1);
  }

  @Test
  void cancellingTwiceChangesNothing() {
    Batch batch = bench.batch(10);
    bench.ledger.orders().cancel(batch);
    Batch cancelled = bench.now(batch);
    clock.forward(Duration.ofHours(1));

    assertThat(bench.ledger.orders().cancel(batch)).isFalse();

    assertThat(bench.now(batch)).isEqualTo(cancelled);
  }

  @Test
  void theSumAddsUpWhileRowsAreOpen() {
    Batch batch = bench.batch(10);
    bench.succeed(2);
    bench.claim();

    bench.ledger.orders().cancel(batch);

    assertThat(bench.now(batch).sum())
        .isEqualTo("10 rows = 2 succeeded + 7 dead letters + 1 still open");
  }

  @Test
  void invalidRowsKeepTheirReason() {
    Batch batch =
        bench.batch("cats.csv", List.of("no URL", LedgerBench.url(1), "no URL", "no URL"));

    bench.ledger.orders().cancel(batch);

    assertThat(bench.ledger.of(batch).totals().deadLetters())
        .containsExactly(new Tally("INVALID_URL", null, 3), new Tally("CANCELLED", null, 1));
  }

  @Test
  void otherBatchesGoOn() {
    Batch cancelled = bench.batch(3);
    Batch other = bench.batch(3);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);

    bench.ledger.orders().cancel(cancelled);

    assertThat(bench.now(other).dead()).isEqualTo(0);
    clock.forward(Duration.ofHours(1));
    assertThat(bench.claimAll()).hasSize(3);
  }

  @Test
  void batchThatIsStillBeingReadCannotBeCancelled() {
    long loading = bench.loading("cats.csv", List.of(LedgerBench.url(0)));

    assertThat(bench.ledger.orders().cancel(bench.ledger.batch(loading).orElseThrow())).isFalse();

    assertThat(bench.see("select count(*) from progress")).isEqualTo(0);
    bench.ledger.acceptance().accept(loading, LedgerBench.SHA256);
    assertThat(bench.claim()).isNotNull();
  }

  @Test
  void waitingRowIsNotClaimedWhileItsBatchIsBeingCancelled() throws SQLException {
    Batch batch = bench.batch(2);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);
    clock.forward(Duration.ofHours(1));
    cancelledByAProcessThatThenDied(batch);

    assertThat(bench.claim()).isNull();

    bench.ledger.housekeeping().finishCancellations();
    assertThat(bench.now(batch).dead()).isEqualTo(2);
  }

  private void cancelledByAProcessThatThenDied(Batch batch) throws SQLException {
    bench.execute("update batch set cancelled_at = 1 where number = " + batch.number());
  }
}
