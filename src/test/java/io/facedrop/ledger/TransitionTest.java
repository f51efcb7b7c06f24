package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.view.Tally;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransitionTest extends AuditedLedger {
  @ParameterizedTest
  @CsvSource({
    "SUCCEEDED,   succeeded, 1, 0, 1",
    "DEAD_LETTER, dead,      0, 1, 1",
    "NOT_FOUND,   dead,      0, 1, 1",
    "IN_DOUBT,    dead,      0, 1, 1",
    "RETRY,       waiting,   0, 0, 1",
    "REFUSED,     waiting,   0, 0, 1",
    "MAINTENANCE, waiting,   0, 0, 1",
    "HALT,        waiting,   0, 0, 1",
    "UNREACHABLE, waiting,   0, 0, 0",
    "NOT_SENT,    waiting,   0, 0, 0"
  })
  void outcomeBecomesAStateAndIsCounted(
      Outcome.Kind kind, String state, long succeeded, long dead, long requests) {
    Batch batch = bench.batch(2);

    bench.settle(bench.claim(), kind);

    assertThat(bench.state(batch, 0)).isEqualTo(state);
    assertThat(bench.now(batch).succeeded()).isEqualTo(succeeded);
    assertThat(bench.now(batch).dead()).isEqualTo(dead);
    assertThat(bench.now(batch).open()).isEqualTo(2 - succeeded - dead);
    assertThat(bench.now(batch).requests()).isEqualTo(requests);
    assertThat(bench.see("select count(*) from claim")).isEqualTo(0);
  }

  @Test
  void rowWithATaskIdIsSubmittedAndClaimedAgainWithIt() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(3));

    ClaimedRow again = bench.claim();

    assertThat(again.task().id()).isEqualTo("task-1");
    assertThat(bench.see("select submitted_at from progress"))
        .isEqualTo(LedgerBench.START.toEpochMilli());
  }

  @Test
  void settledRowCannotBeSettledAgain() {
    Batch batch = bench.batch(1);
    ClaimedRow claimed = bench.claim();
    bench.settle(claimed, Outcome.Kind.SUCCEEDED);

    assertThatThrownBy(() -> bench.settle(claimed, Outcome.Kind.DEAD_LETTER))
        .isInstanceOf(LedgerException.class)
        .hasMessage(
            "the ledger could not be written: expected one claim of row at position 0 of batch"
                + " number 1 to change but 0 did; this"
                + " indicates a bug");
    assertThat(bench.now(batch).succeeded()).isEqualTo(1);
    assertThat(bench.now(batch).dead()).isEqualTo(0);
  }

  @Test
  void rowThatIsNotClaimedCannotBeSettled() {
    Batch batch = bench.batch(1);
    ClaimedRow pending =
        new ClaimedRow(
            RowId.of(batch.number(), 0),
            LedgerBench.url(0),
            2,
            0,
            0,
            false,
            false,
            Stage.DETECT,
            null);

    assertThatThrownBy(() -> bench.settle(pending, Outcome.Kind.SUCCEEDED))
        .hasMessageContaining(
            "expected one claim of row at position 0 of batch number 1 to change but 0 did");
    assertThat(bench.state(batch, 0)).isNull();
  }

  @Test
  void waitingRowOfACancelledBatchBecomesCancelled() {
    Batch batch = bench.batch(2);
    ClaimedRow out = bench.claim();
    bench.ledger.orders().cancel(batch);

    bench.settle(out, Outcome.Kind.RETRY);

    assertThat(bench.state(batch, 0)).isEqualTo("dead");
    assertThat(bench.ledger.of(bench.now(batch)).totals().deadLetters())
        .containsExactly(new Tally("CANCELLED", null, 1), new Tally("CANCELLED", 500, 1));
    assertThat(bench.see("select charged from progress where requests = 1")).isEqualTo("unknown");
    assertThat(bench.see("select charged from progress where requests = 0")).isEqualTo("no");
  }

  @Test
  void rowOfACancelledBatchThatSucceededIsASuccess() {
    Batch batch = bench.batch(1);
    ClaimedRow out = bench.claim();
    bench.ledger.orders().cancel(batch);

    bench.settle(out, Outcome.Kind.SUCCEEDED);

    assertThat(bench.now(batch).succeeded()).isEqualTo(1);
  }

  @Test
  void submittedRowOfACancelledBatchKeepsItsTask() {
    Batch batch = bench.batch(1);
    ClaimedRow out = bench.claim();
    bench.ledger.orders().cancel(batch);

    bench.settle(out, Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(3));

    assertThat(bench.claim().task().id()).isEqualTo("task-1");
  }

  @Test
  void settlingTellsThePublisher() {
    bench.batch(2);
    ClaimedRow settled = bench.claim();
    ClaimedRow waiting = bench.claim();
    long before = bench.ledger.publishing().signal().count();

    bench.settle(waiting, Outcome.Kind.RETRY);
    assertThat(bench.ledger.publishing().signal().count()).isEqualTo(before);

    bench.settle(settled, Outcome.Kind.SUCCEEDED);
    assertThat(bench.ledger.publishing().signal().count()).isEqualTo(before + 1);
  }

  @Test
  void rowCancelledOnItsReturnTellsThePublisher() {
    Batch batch = bench.batch(1);
    ClaimedRow out = bench.claim();
    bench.ledger.orders().cancel(batch);
    long before = bench.ledger.publishing().signal().count();

    bench.settle(out, Outcome.Kind.RETRY);

    assertThat(bench.ledger.publishing().signal().count()).isEqualTo(before + 1);
    assertThat(bench.ledger.settledBatches()).extracting(Batch::id).isEqualTo(List.of(batch.id()));
  }
}
