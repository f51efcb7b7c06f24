package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.RequestKind;
import io.facedrop.api.gate.Backoff;
import io.facedrop.ledger.claim.Wanted;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.Request;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.model.Task;
import io.facedrop.ledger.settle.RowOutcome;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.TransitionRules;
import io.facedrop.manifest.Row;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tasks survive: a crash, a cancellation, and as dead letters that are dropped again. */
class TaskRecoveryTest extends AuditedLedger {
  private static final TransitionRules RESUBMIT =
      new TransitionRules(
          3, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)), true, LedgerBench.POLLS);
  private static final long HOUR = Duration.ofHours(1).toMillis();

  // --- A crash ---

  @Test
  void abandonedPollGoesOnPollingAndIsNotInDoubt() {
    Batch batch = bench.batch(2);
    ClaimedRow polled = polled();
    ClaimedRow posted = bench.claim();
    assertThat(posted.kind()).isEqualTo(RequestKind.CREATE);
    bench.close();
    bench = LedgerBench.with(directory, clock);

    assertThat(bench.ledger.work().recover(RESUBMIT)).as("only the POST is in doubt").isEqualTo(1);

    assertThat(bench.state(batch, 0)).isEqualTo("submitted");
    assertThat(bench.state(batch, 1)).isEqualTo("waiting");
    ClaimedRow again = bench.claim();
    assertThat(again.id()).isEqualTo(polled.id());
    assertThat(again.task()).isEqualTo(polled.task());
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(again.requests()).isEqualTo(2);
    assertThat(again.possibleDuplicate()).isFalse();
    assertThat(bench.now(batch).requests()).isEqualTo(3);
  }

  @Test
  void taskThatWaitsForItsPollOutlivesARestart() {
    Batch batch = bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    bench.close();
    bench = LedgerBench.with(directory, clock);

    assertThat(bench.ledger.work().recover(LedgerBench.RULES)).isEqualTo(0);

    assertThat(bench.claim()).isNull();
    clock.forward(Duration.ofSeconds(2));
    assertThat(bench.claim().task().id()).isEqualTo("task-1");
    assertThat(bench.now(batch).requests()).isEqualTo(1);
  }

  @Test
  void pollThatDiesAgainAndAgainIsNeverADeadLetter() {
    bench.batch(1);
    polled();
    for (int i = 0; i < 9; i++) {
      bench.close();
      bench = LedgerBench.with(directory, clock);
      assertThat(bench.ledger.work().recover(LedgerBench.RULES)).isEqualTo(0);
      assertThat(bench.claim().task().failures()).isEqualTo(0);
    }
  }

  // --- A cancellation ---

  @ParameterizedTest
  @EnumSource(
      value = Outcome.Kind.class,
      names = {"RUNNING", "RETRY", "IN_DOUBT", "NOT_FOUND", "REFUSED", "HALT", "UNREACHABLE"})
  void taskOfACancelledBatchGoesOnAndEnds(Outcome.Kind kind) {
    Batch batch = bench.batch(3);
    ClaimedRow polled = polled();
    bench.settle(bench.claim(), Outcome.Kind.RETRY);

    bench.ledger.orders().cancel(batch);

    assertThat(bench.ledger.of(batch).totals().deadLetters(Reason.CANCELLED)).isEqualTo(2);
    bench.settle(polled, kind);
    assertThat(bench.state(batch, 0)).isEqualTo("submitted");
    clock.forward(Duration.ofMinutes(1));
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    assertThat(bench.now(batch).succeeded()).isEqualTo(1);
    assertThat(bench.claim()).isNull();
    assertThat(bench.ledger.settledBatches()).hasSize(1);
  }

  @Test
  void abandonedPollOfACancelledBatchGoesOn() {
    Batch batch = bench.batch(1);
    polled();
    bench.ledger.orders().cancel(batch);

    assertThat(bench.ledger.work().recover(LedgerBench.RULES)).isEqualTo(0);
    bench.ledger.housekeeping().finishCancellations();

    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    assertThat(bench.now(batch).succeeded()).isEqualTo(1);
  }

  // --- Faces ---

  @Test
  void facesExpireAnHourAfterTheTaskWasLastKnownToRun() {
    bench.batch(1);
    ClaimedRow posted = bench.claim();
    long sentAt = clock.millis();
    settle(posted, LedgerBench.outcome(Outcome.Kind.SUBMITTED), sentAt, sentAt + 700);
    clock.forward(Duration.ofSeconds(3));
    long polledAt = clock.millis();
    settle(bench.claim(), LedgerBench.outcome(Outcome.Kind.RUNNING), polledAt, polledAt + 400);
    clock.forward(Duration.ofSeconds(3));
    settle(bench.claim(), LedgerBench.faces(2), clock.millis(), clock.millis() + 200);

    assertThat(bench.see("select expires_at from progress")).isEqualTo(polledAt + HOUR);
    assertThat(bench.see("select detected_at from progress")).isEqualTo(clock.millis());
    assertThat(bench.see("select attempts from progress")).isEqualTo(1);
    assertThat(bench.see("select requests from progress")).isEqualTo(3);
    assertThat(bench.see("select faces from progress")).isEqualTo("[{},{}]");
  }

  @Test
  void facesOfTheFirstPollExpireAnHourAfterThePostWasSent() {
    bench.batch(1);
    long sentAt = clock.millis();
    settle(bench.claim(), LedgerBench.outcome(Outcome.Kind.SUBMITTED), sentAt, sentAt + 700);
    clock.forward(Duration.ofSeconds(3));
    settle(bench.claim(), LedgerBench.faces(2), clock.millis(), clock.millis());

    assertThat(bench.see("select expires_at from progress")).isEqualTo(sentAt + HOUR);
  }

  // --- Dropped again ---

  @ParameterizedTest
  @CsvSource({
    "DETECTION_TIMEOUT, true",
    "RESULT_UNREADABLE, true",
    "SERVER_ERROR,      true",
    "NOT_FOUND,         true",
    "DETECTION_FAILED,  false",
    "GENERATION_FAILED, false",
    "VALIDATION_ERROR,  true"
  })
  void deadLetterThatIsDroppedAgainGoesOnWithATaskWhoseEndIsNotKnown(Reason reason, boolean on) {
    bench.batch(1);
    dead(reason);
    Object unfinished = bench.see("select unfinished_at from progress");
    clock.forward(Duration.ofMinutes(30));

    Batch again = redrop("task-1", LedgerBench.url(0));

    ClaimedRow claimed = bench.claim();
    assertThat(claimed.batch()).isEqualTo(again.number());
    assertThat(claimed.task())
        .isEqualTo(
            on
                ? new Task("task-1", clock.millis(), ((Number) unfinished).longValue(), 0, 0)
                : null);
    assertThat(claimed.attempts()).isEqualTo(0);
    assertThat(claimed.requests()).isEqualTo(0);
    assertThat(bench.claim()).isNull();
  }

  @Test
  void successWhoseFacesNobodyAskedForGoesOnWithItsTask() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);

    Batch again = redrop("task-1", LedgerBench.url(0));

    assertThat(bench.claim().kind()).isEqualTo(RequestKind.QUERY);
    assertThat(bench.now(again).adopted()).isEqualTo(1);
  }

  @Test
  void taskThatGoesOnHasAFreshDeadlineAndItsOldExpiry() {
    bench.batch(1);
    dead(Reason.DETECTION_TIMEOUT);
    Object unfinished = bench.see("select unfinished_at from progress");
    clock.forward(Duration.ofMinutes(30));
    Batch again = redrop("task-1", LedgerBench.url(0));
    clock.forward(Duration.ofMinutes(15).minusMillis(1));
    ClaimedRow claimed = bench.claim();

    settle(claimed, LedgerBench.faces(2), clock.millis(), clock.millis());

    assertThat(bench.now(again).succeeded()).isEqualTo(1);
    assertThat(bench.now(again).requests()).isEqualTo(1);
    assertThat(bench.see("select expires_at from progress where state = 'succeeded'"))
        .isEqualTo((long) unfinished + HOUR);
    assertThat(bench.see("select charged from progress where state = 'succeeded'"))
        .isEqualTo("yes");
    Transition running =
        LedgerBench.RULES.transition(
            claimed,
            LedgerBench.outcome(Outcome.Kind.RUNNING),
            true,
            claimed.task().submittedAt() + 899_999,
            0);
    assertThat(running.state()).isEqualTo(RowState.SUBMITTED);
  }

  @ParameterizedTest
  @CsvSource({
    "task-1,  https://claimedRows.example/1.jpg", // another claimed
    "task-2,  https://claimedRows.example/0.jpg", // unknown
    "TASK-1,  https://claimedRows.example/0.jpg"
  })
  void rowThatBearsSomebodyElsesTaskIsSubmitted(String task, String url) {
    bench.batch(1);
    dead(Reason.DETECTION_TIMEOUT);

    redrop(task, url);

    assertThat(bench.claim().kind()).isEqualTo(RequestKind.CREATE);
  }

  @Test
  void rowThatBearsATaskThatStillRunsOrSucceededIsSubmitted() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    redrop("task-1", LedgerBench.url(0));
    assertThat(bench.claim().kind()).isEqualTo(RequestKind.CREATE);
    clock.forward(Duration.ofSeconds(2));
    settle(bench.claim(), LedgerBench.faces(2), clock.millis(), clock.millis());

    redrop("task-1", LedgerBench.url(0));

    assertThat(bench.claim().kind()).isEqualTo(RequestKind.CREATE);
  }

  @Test
  void invalidRowThatBearsATaskIsADeadLetter() {
    Batch batch = redrop("task-1", "no URL");

    assertThat(bench.now(batch).dead()).isEqualTo(1);
    assertThat(bench.claim()).isNull();
  }

  @Test
  void taskOfAManifestThatIsDiscardedIsNotPolled() {
    bench.batch(1);
    dead(Reason.NOT_FOUND);
    long loading = loading("task-1", LedgerBench.url(0));
    clock.forward(Duration.ofMinutes(1));
    assertThat(bench.claim()).isNull();

    bench.ledger.acceptance().discard(loading);

    assertThat(bench.claim()).isNull();
    assertThat(bench.see("select count(*) from progress")).isEqualTo(1);
  }

  @Test
  void tasksThatGoOnCountAsOpen() {
    bench.batch(1);
    dead(Reason.NOT_FOUND);
    bench.batch(5);
    Wanted one = new Wanted(Wanted.EVERY_STAGE, Set.of(), null, Wanted.Choice.ANY, 1);
    assertThat(
            bench
                .ledger
                .work()
                .settleAndClaim(
                    null,
                    () -> new Wanted(Wanted.EVERY_STAGE, Set.of(), null, Wanted.Choice.ANY, 2)))
        .isNotNull();
    bench.ledger.work().recover(LedgerBench.RULES);

    redrop("task-1", LedgerBench.url(0));

    assertThat(bench.ledger.work().settleAndClaim(null, () -> one)).isNull();
    assertThat(bench.claim().kind()).isEqualTo(RequestKind.QUERY);
  }

  /** The row at hand, claimed to be polled. */
  private ClaimedRow polled() {
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofSeconds(2));
    return bench.claim();
  }

  private void dead(Reason reason) {
    ClaimedRow claimed = polled();
    Transition transition =
        new RowOutcome(
                claimed,
                LedgerBench.outcome(Outcome.Kind.RETRY),
                new Request(RequestKind.QUERY, 0, 1L, 1, false))
            .deadTask(reason, 0, claimed.task());
    bench.ledger.work().settleAndClaim(transition, false);
  }

  private Batch redrop(String task, String url) {
    return bench.ledger.acceptance().accept(loading(task, url), LedgerBench.SHA256);
  }

  private long loading(String task, String url) {
    long number = bench.begin("again.csv");
    bench
        .ledger
        .acceptance()
        .add(number, new RowGroup(0, List.of(new Row(2, url, "", "", null, task))));
    return number;
  }

  private void settle(ClaimedRow claimed, Outcome outcome, long sentAt, long now) {
    bench
        .ledger
        .work()
        .settleAndClaim(LedgerBench.RULES.transition(claimed, outcome, true, sentAt, now), false);
  }
}
