package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.view.Tally;
import io.facedrop.manifest.Row;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The machine's clock is set back by an hour while facedrop is stopped. */
class FutureTimesTest extends AuditedLedger {
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void rowThatWaitsToBeSentAgainIsDueAtOnce() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);

    restartAnHourBack();

    assertThat(bench.claim()).isNotNull();
  }

  @Test
  void taskIsAskedForAtOnceAndCountsAsCreatedNow() {
    Batch batch = bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);

    restartAnHourBack();

    ClaimedRow claimed = bench.claim();
    assertThat(claimed.task().submittedAt()).isEqualTo(clock.millis());
    bench.settle(claimed, Outcome.Kind.RUNNING);
    assertThat(bench.state(batch, 0)).isEqualTo("submitted");
    assertThat(bench.see("select due_at from progress")).isEqualTo(clock.millis() + 2_000);
  }

  @Test
  void taskThatIsNotFoundIsAskedForForAMinute() {
    Batch batch = bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(2));
    bench.settle(bench.claim(), Outcome.Kind.NOT_FOUND);

    restartAnHourBack();
    clock.forward(Duration.ofMinutes(1));
    bench.settle(bench.claim(), Outcome.Kind.NOT_FOUND);

    assertThat(bench.ledger.of(batch).totals().deadLetters())
        .containsExactly(new Tally("NOT_FOUND", 404, 1));
  }

  @Test
  void abandonedPollIsAskedForAtOnce() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(2));
    bench.claim();

    restartAnHourBack();

    assertThat(bench.claim().task().submittedAt()).isEqualTo(clock.millis());
  }

  @Test
  void facesOfWhichNobodyKnowsWhenTheyWereFoundMayHaveExpired() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    restartAnHourBack();
    long restarted = clock.millis();
    ClaimedRow claimed = bench.claim();
    clock.forward(Duration.ofSeconds(5));

    bench.settle(claimed, LedgerBench.faces(1));

    assertThat(bench.see("select expires_at from progress")).isEqualTo(restarted);
  }

  @Test
  void facesOfATaskThatRanOnAfterwardsExpireAnHourLater() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    restartAnHourBack();
    bench.settle(bench.claim(), LedgerBench.outcome(Outcome.Kind.RUNNING));
    long running = clock.millis();
    clock.forward(Duration.ofSeconds(5));

    bench.settle(bench.claim(), LedgerBench.faces(1));

    assertThat(bench.see("select expires_at from progress")).isEqualTo(running + HOUR.toMillis());
  }

  @Test
  void taskOfADeadLetterThatIsDroppedAgainMayHaveExpired() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    restartAnHourBack();
    long number = bench.begin("again.csv");
    bench
        .ledger
        .acceptance()
        .add(
            number,
            new RowGroup(0, List.of(new Row(2, LedgerBench.url(0), "", "", null, "task-1"))));
    bench.ledger.acceptance().accept(number, LedgerBench.SHA256);

    bench.settle(bench.claim(), LedgerBench.faces(1));

    assertThat(bench.see("select expires_at from progress where detect_id is not null"))
        .isEqualTo(clock.millis());
  }

  @Test
  void historyStaysAsItWasTold() {
    bench.batch(2);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    Object settled = bench.see("select settled_at from progress");
    Object accepted = bench.see("select accepted_at from batch");

    restartAnHourBack();

    assertThat(bench.see("select settled_at from progress")).isEqualTo(settled);
    assertThat(bench.see("select accepted_at from batch")).isEqualTo(accepted);
  }

  @Test
  void whatIsRightlyDueLaterStaysSo() {
    bench.batch(2);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);
    Object due = bench.see("select string_agg(due_at || '', ',') from progress");

    restart();

    assertThat(bench.see("select string_agg(due_at || '', ',') from progress")).isEqualTo(due);
    assertThat(bench.see("select submitted_at from progress")).isEqualTo(clock.millis());
  }

  private void restartAnHourBack() {
    clock.forward(HOUR.negated());
    restart();
  }

  private void restart() {
    bench.close();
    bench = LedgerBench.with(directory, clock);
    bench.ledger.work().recover(LedgerBench.RULES);
  }
}
