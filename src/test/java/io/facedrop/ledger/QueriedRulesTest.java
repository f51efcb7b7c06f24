package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Stage;
import io.facedrop.api.gate.Backoff;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.Request;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.model.Task;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.TransitionRules;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How a row goes on whose task was asked for. */
class QueriedRulesTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
  private static final TransitionRules RULES =
      new TransitionRules(3, BACKOFF, false, LedgerBench.POLLS);
  private static final TransitionRules RESUBMIT =
      new TransitionRules(3, BACKOFF, true, LedgerBench.POLLS);

  private static final long POSTED = 1_000_000;
  private static final long SUBMITTED = POSTED + 300;
  private static final Task NEW = new Task("task-1", SUBMITTED, POSTED, 0, 0);
  private static final long DEADLINE = SUBMITTED + 900_000;

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // kind, failures, state, attempts, requests, least and most delay, failures, reason
        "SUCCEEDED,   2, SUCCEEDED, 1, 5, -,    -,    2, -",
        "DEAD_LETTER, 2, DEAD,      1, 5, -,    -,    2, VALIDATION_ERROR",
        "RUNNING,     2, SUBMITTED, 1, 5, 900,  900,  0, -",
        "SUBMITTED,   2, SUBMITTED, 1, 5, 900,  900,  0, -",
        "NOT_FOUND,   1, SUBMITTED, 1, 5, 900,  900,  1, -",
        "RETRY,       0, SUBMITTED, 1, 5, 0,    1000, 1, -",
        "RETRY,       1, SUBMITTED, 1, 5, 0,    2000, 2, -",
        "RETRY,       2, SUBMITTED, 1, 5, 0,    4000, 3, -",
        "IN_DOUBT,    0, SUBMITTED, 1, 5, 0,    1000, 1, -",
        "IN_DOUBT,    2, DEAD,      1, 5, -,    -,    3, RESULT_UNREADABLE",
        "REFUSED,     2, SUBMITTED, 1, 5, 0,    0,    2, -",
        "MAINTENANCE, 2, SUBMITTED, 1, 5, 0,    0,    2, -",
        "HALT,        2, SUBMITTED, 1, 5, 0,    0,    2, -",
        "UNREACHABLE, 2, SUBMITTED, 1, 4, 0,    4000, 2, -",
        "NOT_SENT,    2, SUBMITTED, 1, 4, 0,    4000, 2, -"
      })
  void taskGoesOn(
      Outcome.Kind kind,
      int before,
      RowState state,
      int attempts,
      int requests,
      Long least,
      Long most,
      int failures,
      Reason reason) {
    Task task = new Task("task-1", SUBMITTED, POSTED, before, 0);
    long sentAt = SUBMITTED + 2000;
    long now = sentAt + 100;

    Transition transition =
        RULES.transition(image(task, 1), LedgerBench.outcome(kind), true, sentAt, now);

    assertThat(transition.state()).isEqualTo(state);
    assertThat(transition.counters().attempts()).isEqualTo(attempts);
    assertThat(transition.counters().requests()).isEqualTo(requests);
    assertThat(transition.ending().charged()).isEqualTo(Charged.YES);
    assertThat(transition.ending().reason()).isEqualTo(reason);
    assertThat(transition.task().id()).isEqualTo("task-1");
    assertThat(transition.task().submittedAt()).isEqualTo(SUBMITTED);
    assertThat(transition.task().failures()).isEqualTo(failures);
    assertThat(transition.request())
        .isEqualTo(requests == 5 ? new Request(RequestKind.QUERY, sentAt, 100L, 1, false) : null);
    if (least == null) {
      assertThat(transition.due().at()).isNull();
    } else {
      assertThat(transition.due().at()).isBetween(now + least, now + most);
    }
  }

  @ParameterizedTest
  @EnumSource(Outcome.Kind.class)
  void taskIsNeverCreatedAgainNorForgotten(Outcome.Kind kind) {
    for (TransitionRules rules : new TransitionRules[] {RULES, RESUBMIT}) {
      for (long age = 0; age <= 1_000_000; age += 100_000) {
        Transition transition =
            rules.transition(
                image(new Task("task-1", SUBMITTED, POSTED, 2, POSTED), 2),
                LedgerBench.outcome(kind),
                true,
                SUBMITTED + age,
                SUBMITTED + age + 1);

        assertThat(transition.isStillToSend()).isFalse();
        assertThat(transition.task().id()).isEqualTo("task-1");
        assertThat(transition.ending().charged()).isEqualTo(Charged.YES);
        assertThat(transition.counters().possibleDuplicate()).isFalse();
      }
    }
  }

  @Test
  void createdTaskIsAskedForAtTheFirstAgeAfterItsAnswer() {
    ClaimedRow pending =
        new ClaimedRow(1L << 32, "https://x/1", 2, 0, 0, false, false, Stage.DETECT, null);

    Transition transition =
        RULES.transition(
            pending, LedgerBench.outcome(Outcome.Kind.SUBMITTED), true, POSTED, SUBMITTED);

    assertThat(transition.state()).isEqualTo(RowState.SUBMITTED);
    assertThat(transition.due().at()).isEqualTo(SUBMITTED + 2000);
    assertThat(transition.task()).isEqualTo(NEW);
    assertThat(transition.counters().attempts()).isEqualTo(1);
    assertThat(transition.counters().requests()).isEqualTo(1);
    assertThat(transition.ending().charged()).isEqualTo(Charged.YES);
    assertThat(transition.request())
        .isEqualTo(new Request(RequestKind.CREATE, POSTED, 300L, 1, false));
  }

  @Test
  void runningTaskWasUnfinishedWhenItWasAskedFor() {
    Transition running = polled(NEW, Outcome.Kind.RUNNING, SUBMITTED + 2000);
    assertThat(running.task().unfinishedAt()).isEqualTo(SUBMITTED + 2000);

    for (Outcome.Kind kind :
        new Outcome.Kind[] {Outcome.Kind.RETRY, Outcome.Kind.NOT_FOUND, Outcome.Kind.HALT}) {
      assertThat(polled(running.task(), kind, SUBMITTED + 3000).task().unfinishedAt())
          .as("%s says nothing of it", kind)
          .isEqualTo(SUBMITTED + 2000);
    }
  }

  @Test
  void taskIsTimedOutOnlyByAPollThatWasSentAtTheDeadline() {
    Transition before =
        RULES.transition(
            image(NEW, 1),
            LedgerBench.outcome(Outcome.Kind.RUNNING),
            true,
            DEADLINE - 1,
            DEADLINE + 60_000);
    assertThat(before.state()).isEqualTo(RowState.SUBMITTED);
    assertThat(before.due().at()).isEqualTo(DEADLINE);

    Transition at = polled(NEW, Outcome.Kind.RUNNING, DEADLINE);
    assertThat(at.state()).isEqualTo(RowState.DEAD);
    assertThat(at.ending().reason()).isEqualTo(Reason.DETECTION_TIMEOUT);
    assertThat(at.counters().attempts()).isEqualTo(1);
    assertThat(at.answered().message())
        .isEqualTo("awaited for 900 s and not finished; its last status: processing");
    assertThat(at.task().unfinishedAt()).isEqualTo(DEADLINE);
  }

  @ParameterizedTest
  @EnumSource(
      value = Outcome.Kind.class,
      names = {"RETRY", "IN_DOUBT", "REFUSED", "MAINTENANCE", "HALT", "UNREACHABLE", "NOT_SENT"})
  void whatDoesNotSayThatItRunsTimesNothingOut(Outcome.Kind kind) {
    Transition transition = polled(NEW, kind, DEADLINE + 100_000);

    assertThat(transition.state()).isEqualTo(RowState.SUBMITTED);
    assertThat(transition.due().at()).isGreaterThanOrEqualTo(DEADLINE + 100_000);
  }

  @Test
  void aTaskThatFailsAgainAndAgainIsGivenUpAtItsDeadline() {
    Task failing = new Task("task-1", SUBMITTED, POSTED, 2, 0);

    assertThat(polled(failing, Outcome.Kind.RETRY, DEADLINE - 1).state())
        .isEqualTo(RowState.SUBMITTED);
    assertThat(polled(failing, Outcome.Kind.RETRY, DEADLINE + 1).ending().reason())
        .isEqualTo(Reason.SERVER_ERROR);
  }

  @Test
  void failuresAreCountedInARowApartFromAttempts() {
    Task task = NEW;
    task = polled(task, Outcome.Kind.RETRY, SUBMITTED + 2000).task();
    task = polled(task, Outcome.Kind.IN_DOUBT, SUBMITTED + 3000).task();
    task = polled(task, Outcome.Kind.RUNNING, SUBMITTED + 5000).task();
    assertThat(task.failures()).isEqualTo(0);
    task = polled(task, Outcome.Kind.RETRY, SUBMITTED + 8000).task();
    task = polled(task, Outcome.Kind.RETRY, SUBMITTED + 10_000).task();

    Transition last = polled(task, Outcome.Kind.IN_DOUBT, SUBMITTED + 20_000);

    assertThat(last.state()).isEqualTo(RowState.DEAD);
    assertThat(last.ending().reason()).isEqualTo(Reason.RESULT_UNREADABLE);
  }

  @Test
  void attemptsOfTheSubmissionDoNotShortenThoseOfThePolls() {
    Transition transition =
        RULES.transition(
            image(NEW, 3), LedgerBench.outcome(Outcome.Kind.RETRY), true, SUBMITTED, SUBMITTED);

    assertThat(transition.state()).isEqualTo(RowState.SUBMITTED);
    assertThat(transition.counters().attempts()).isEqualTo(3);
  }

  @Test
  void taskThatIsNotFoundIsAskedForAgainForAMinute() {
    Transition first = polled(NEW, Outcome.Kind.NOT_FOUND, SUBMITTED + 2000);
    assertThat(first.state()).isEqualTo(RowState.SUBMITTED);
    assertThat(first.task().missingSince()).isEqualTo(SUBMITTED + 2000);
    assertThat(first.due().at()).isEqualTo(SUBMITTED + 3000);

    Transition later = polled(first.task(), Outcome.Kind.NOT_FOUND, SUBMITTED + 61_999);
    assertThat(later.state()).isEqualTo(RowState.SUBMITTED);
    assertThat(later.task()).isEqualTo(first.task());

    Transition last = polled(later.task(), Outcome.Kind.NOT_FOUND, SUBMITTED + 62_000);
    assertThat(last.state()).isEqualTo(RowState.DEAD);
    assertThat(last.ending().reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(last.ending().charged()).isEqualTo(Charged.YES);
    assertThat(last.counters().attempts()).isEqualTo(1);
  }

  @Test
  void taskThatIsFoundAgainIsMissingNoLonger() {
    Task missing = polled(NEW, Outcome.Kind.NOT_FOUND, SUBMITTED + 2000).task();
    Task found = polled(missing, Outcome.Kind.RUNNING, SUBMITTED + 50_000).task();

    Transition transition = polled(found, Outcome.Kind.NOT_FOUND, SUBMITTED + 70_000);

    assertThat(transition.state()).isEqualTo(RowState.SUBMITTED);
    assertThat(transition.task().missingSince()).isEqualTo(SUBMITTED + 70_000);
  }

  @Test
  void unprovenAddressSaysNothingOfATask() {
    Transition transition =
        RULES.transition(
            image(NEW, 1),
            LedgerBench.outcome(Outcome.Kind.NOT_FOUND),
            false,
            SUBMITTED + 500_000,
            SUBMITTED + 500_000);

    assertThat(transition.state()).isEqualTo(RowState.SUBMITTED);
    assertThat(transition.task()).isEqualTo(NEW);
  }

  @Test
  void abandonedPollIsSentAgainAtOnceAndCounted() {
    for (TransitionRules rules : new TransitionRules[] {RULES, RESUBMIT}) {
      Transition transition = rules.abandoned(image(NEW, 1), SUBMITTED, SUBMITTED + 5000);

      assertThat(transition.state()).isEqualTo(RowState.SUBMITTED);
      assertThat(transition.due().at()).isEqualTo(SUBMITTED + 5000);
      assertThat(transition.task()).isEqualTo(NEW);
      assertThat(transition.counters().attempts()).isEqualTo(1);
      assertThat(transition.counters().requests()).isEqualTo(5);
      assertThat(transition.counters().possibleDuplicate()).isFalse();
      assertThat(transition.request())
          .isEqualTo(new Request(RequestKind.QUERY, SUBMITTED, null, 1, false));
    }
  }

  private static Transition polled(Task task, Outcome.Kind kind, long sentAt) {
    return RULES.transition(image(task, 1), LedgerBench.outcome(kind), true, sentAt, sentAt);
  }

  private static ClaimedRow image(Task task, int attempts) {
    return new ClaimedRow(
        1L << 32, "https://x/1", 2, attempts, 4, false, false, Stage.DETECT, task);
  }
}
