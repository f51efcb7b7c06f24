package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.view.Figures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** What is counted and summed up for who watches. */
class VitalsTest extends AuditedLedger {
  private static final String CAT = LedgerBench.url(1);

  private long ended(Reason reason) {
    return bench.ledger.vitals().endedRows(reason);
  }

  @Test
  void rowsAreCountedByWhatTheyEndedAs() {
    bench.batch(4);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    bench.settle(bench.claim(), Outcome.Kind.DEAD_LETTER);
    bench.settle(bench.claim(), Outcome.Kind.IN_DOUBT);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);

    assertThat(ended(null)).isEqualTo(1);
    assertThat(ended(Reason.VALIDATION_ERROR)).isEqualTo(1);
    assertThat(ended(Reason.IN_DOUBT)).isEqualTo(1);
    assertThat(bench.ledger.vitals().endedRows()).isEqualTo(3);
  }

  @Test
  void invalidRowsCountOnceTheirManifestIsAccepted() {
    long number = bench.loading("cats.csv", List.of("no URL", CAT, "none either"));
    assertThat(ended(Reason.INVALID_URL)).isZero();

    bench.ledger.acceptance().accept(number, LedgerBench.SHA256);

    assertThat(ended(Reason.INVALID_URL)).isEqualTo(2);
  }

  @Test
  void rowsOfAManifestThatIsNotAcceptedDoNotCount() {
    long number = bench.loading("cats.csv", List.of("no URL"));

    bench.ledger.acceptance().discard(number);

    assertThat(bench.ledger.vitals().endedRows()).isZero();
  }

  @Test
  void rowsThatShareAResultAndThoseOfACancelledBatchCount() {
    bench.sharing(List.of(CAT, CAT, CAT));
    bench.settle(bench.claim(), Outcome.Kind.DEAD_LETTER);
    bench.ledger.housekeeping().shareResults();
    Batch other = bench.batch(5);

    bench.ledger.orders().cancel(other);

    assertThat(ended(Reason.VALIDATION_ERROR)).isEqualTo(3);
    assertThat(ended(Reason.CANCELLED)).isEqualTo(5);
  }

  @Test
  void whatCouldNotBeCommittedDoesNotCount() {
    bench.batch(1);
    ClaimedRow claimed = bench.claim();
    bench.refuse("insert", "progress", "the disk is full");

    assertThatThrownBy(() -> bench.settle(claimed, Outcome.Kind.SUCCEEDED))
        .isInstanceOf(LedgerException.class);
    assertThat(bench.ledger.vitals().endedRows()).isZero();

    bench.allow("progress");
    bench.settle(claimed, Outcome.Kind.SUCCEEDED);
    assertThat(bench.ledger.vitals().endedRows()).isEqualTo(1);
  }

  @Test
  void eachCommitTellsHowLongItTook() {
    LongAdder nanos = new LongAdder();
    bench.ledger.vitals().whenCommitted(nanos::add);

    bench.batch(1);

    assertThat(nanos.sum()).isPositive();
  }

  @Test
  void figuresSumUpWhatIsOpen() {
    assertThat(bench.ledger.vitals().figures().rows()).isZero();
    bench.batch(3);
    Batch other = bench.batch(5);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    bench.execute("update batch set held = 1 where number = " + other.number());

    Figures figures = bench.ledger.vitals().figures();

    assertThat(figures.batches()).isEqualTo(2);
    assertThat(figures.held()).isEqualTo(1);
    assertThat(figures.rows()).isEqualTo(7);
    assertThat(figures.requests()).isEqualTo(1);
    assertThat(figures.nodes()).isEqualTo(bench.ledger.isShared() ? 0 : 1);
    bench.execute("update batch set held = 0");
  }

  @Test
  void figuresSayHowLongAnEndedRowWaitsForItsPart() {
    bench.batch(3);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    clock.forward(Duration.ofSeconds(10));
    bench.settle(bench.claim(), Outcome.Kind.DEAD_LETTER);
    clock.forward(Duration.ofSeconds(10));

    Figures waiting = bench.ledger.vitals().figures();
    bench.ledger.publishing().partsToPublish(clock.instant()).forEach(this::publish);

    assertThat(waiting.unpublishedSince(Output.SUCCESS)).contains(LedgerBench.START);
    assertThat(waiting.unpublishedSince(Output.DEAD_LETTER))
        .contains(LedgerBench.START.plusSeconds(10));
    assertThat(bench.ledger.vitals().figures().unpublished()).isEmpty();
  }

  private void publish(Part part) {
    bench.ledger.publishing().published(part, "file-" + part.output(), "out", LedgerBench.SHA256);
  }

  @Test
  void findsOutWhetherTheLedgerCanBeWritten() {
    bench.ledger.vitals().tryWriting().join();
    bench.refuse("update", "identity", "the disk is full");

    assertThatThrownBy(() -> bench.ledger.vitals().tryWriting().join())
        .isInstanceOf(CompletionException.class)
        .hasMessageContaining("the disk is full");

    bench.allow("identity");
    bench.ledger.vitals().tryWriting().join();
  }
}
