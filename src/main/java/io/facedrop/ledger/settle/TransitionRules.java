package io.facedrop.ledger.settle;

import io.facedrop.api.RequestKind;
import io.facedrop.api.gate.Backoff;
import io.facedrop.api.gate.Signal;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.Request;
import io.facedrop.ledger.model.Task;
import io.facedrop.ledger.query.QueryTimes;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Decides from an outcome on the transition of the row and on the signal for the gate.
 *
 * @param maxAttempts number of attempts after which a row becomes a dead letter
 * @param backoff between attempts
 * @param resubmit whether a row in doubt is sent again instead of becoming a dead letter
 * @param times at which tasks are queried
 */
public record TransitionRules(
    int maxAttempts, Backoff backoff, boolean resubmit, QueryTimes times) {

  /**
   * A result may take a moment to be known: so long a task that is not found is asked for again.
   */
  private static final Duration MISSING = Duration.ofMinutes(1);

  /**
   * The transition of the row.
   *
   * @param proven whether the API's address has answered anything but 404 yet
   * @param sentAt epoch milliseconds at which the exchange began
   * @param now epoch milliseconds at which it ended
   */
  public Transition transition(
      ClaimedRow claimed, Outcome outcome, boolean proven, long sentAt, long now) {
    Request request = request(claimed, sentAt, now - sentAt, outcome);
    RowOutcome row = new RowOutcome(claimed, outcome, request);
    return claimed.task() == null
        ? created(row, proven, sentAt, now)
        : queried(row, claimed.task(), proven, sentAt, now);
  }

  /** No row waits for longer than this, in milliseconds. */
  public long longestDelay() {
    return Math.max(backoff.longest().toMillis(), times.longest());
  }

  /** After a request that should have created a task. */
  private Transition created(RowOutcome row, boolean proven, long sentAt, long now) {
    Outcome outcome = row.outcome();
    Task task =
        outcome.detectTaskId() == null ? null : Task.created(outcome.detectTaskId(), sentAt, now);
    if (task != null && outcome.kind() != Outcome.Kind.SUCCEEDED && outcome.reason() == null) {
      // Whatever else was noted: it is paid for, and never created again.
      return row.awaited(first(row.claimed(), now), 1, task);
    }
    return switch (outcome.kind()) {
      case SUCCEEDED -> row.succeeded(1, task);
      case DEAD_LETTER ->
          task == null ? row.dead(outcome.reason()) : row.deadTask(outcome.reason(), 1, task);
      case NOT_FOUND -> proven ? row.dead(Reason.NOT_FOUND) : row.unproven(later(row, now));
      case RETRY -> again(row, outcome.reason(), now);
      case SUBMITTED, IN_DOUBT -> inDoubt(row.saying(doubt(row, "sent " + second(sentAt))), now);
      case REFUSED, MAINTENANCE, HALT, NOT_SENT -> row.waiting(now, 0);
      case RUNNING, UNREACHABLE -> row.waiting(later(row, now), 0);
    };
  }

  private Due first(ClaimedRow claimed, long now) {
    OptionalLong age = times.firstInTime(claimed.small(), now);
    return age.isPresent() ? Due.at(now + age.getAsLong()) : Due.unasked(now);
  }

  /**
   * Learns from what a query found.
   *
   * @param sentAt epoch milliseconds at which it left
   */
  public void learn(ClaimedRow claimed, Outcome outcome, long sentAt, long now) {
    Task task = claimed.task();
    if (task == null) {
      return;
    }
    long age = Math.max(0, sentAt - task.submittedAt());
    boolean ended =
        outcome.kind() == Outcome.Kind.SUCCEEDED
            || outcome.reason() == Reason.failed(claimed.stage());
    if (ended || outcome.kind() == Outcome.Kind.RUNNING) {
      long unfinished = Math.max(0, task.unfinishedAt() - task.submittedAt());
      long run = outcome.detection() == null ? -1 : outcome.detection().runMillis();
      times.found(unfinished, age, ended, run, now);
    } else {
      times.failed(age);
    }
  }

  /** After a request for a task's result: the task is paid for, and never created again. */
  private Transition queried(RowOutcome row, Task task, boolean proven, long sentAt, long now) {
    Outcome outcome = row.outcome();
    long age = sentAt - task.submittedAt();
    long next = task.submittedAt() + times.afterInTime(age, row.claimed().small(), now);
    return switch (outcome.kind()) {
      case SUCCEEDED -> row.succeeded(0, task);
      case DEAD_LETTER -> row.deadTask(outcome.reason(), 0, task);
      case RUNNING, SUBMITTED ->
          times.isOver(age)
              ? row.saying(overdue(age, outcome.message()))
                  .deadTask(Reason.overdue(row.claimed().stage()), 0, task.running(sentAt))
              : row.queriedAt(next, 0, task.running(sentAt));
      case NOT_FOUND -> missing(row, proven ? task.missing(sentAt) : task, sentAt, next);
      case RETRY -> queryAgain(row, outcome.reason(), task, age, now);
      case IN_DOUBT -> queryAgain(row, Reason.RESULT_UNREADABLE, task, age, now);
      case REFUSED, MAINTENANCE, HALT, NOT_SENT -> row.queriedAt(now, 0, task);
      case UNREACHABLE -> row.queriedAt(now + delay(task.failures() + 1), 0, task);
    };
  }

  /** Only what is sent again can have been paid twice. */
  private Transition inDoubt(RowOutcome row, long now) {
    boolean again = resubmit && row.claimed().attempts() + 1 < maxAttempts;
    return again ? row.possiblyTwice().waiting(later(row, now), 1) : row.dead(Reason.IN_DOUBT);
  }

  private static String doubt(RowOutcome row, String when) {
    return when
        + ", "
        + row.outcome().message()
        + "; it may have been charged"
        + (row.possibleDuplicate() ? ", and so may an earlier request of this row" : "");
  }

  private static Instant second(long epochMillis) {
    return Instant.ofEpochSecond(TimeUnit.MILLISECONDS.toSeconds(epochMillis));
  }

  private Transition again(RowOutcome row, Reason exhausted, long now) {
    return row.claimed().attempts() + 1 >= maxAttempts
        ? row.dead(exhausted)
        : row.waiting(later(row, now), 1);
  }

  /**
   * The task is paid for: where the API says that it fails, it has until the deadline to recover.
   */
  private Transition queryAgain(RowOutcome row, Reason exhausted, Task task, long age, long now) {
    Task failed = task.failed();
    boolean mayRecover = exhausted == Reason.SERVER_ERROR && !times.isOver(age);
    return failed.failures() >= maxAttempts && !mayRecover
        ? row.deadTask(exhausted, 0, failed)
        : row.queriedAt(now + delay(failed.failures()), 0, failed);
  }

  private static Transition missing(RowOutcome row, Task task, long sentAt, long next) {
    boolean given = task.missingSince() != 0 && sentAt - task.missingSince() >= MISSING.toMillis();
    return given ? row.deadTask(Reason.NOT_FOUND, 0, task) : row.queriedAt(next, 0, task);
  }

  private static String overdue(long age, String status) {
    return "awaited for "
        + TimeUnit.MILLISECONDS.toSeconds(age)
        + " s and not finished; its last status: "
        + status;
  }

  private long later(RowOutcome row, long now) {
    return now + delay(row.claimed().attempts() + 1);
  }

  private long delay(int attempt) {
    return backoff.delay(attempt, ThreadLocalRandom.current()).toMillis();
  }

  private static Request request(ClaimedRow claimed, long sentAt, Long millis, Outcome outcome) {
    return outcome.requests() == 0
        ? null
        : new Request(claimed.kind(), sentAt, millis, outcome.requests(), outcome.sandbox());
  }

  /** What the gate should hear. */
  public static Signal signal(ClaimedRow claimed, Outcome outcome) {
    Signal.Kind kind =
        switch (outcome.kind()) {
          case SUBMITTED, RUNNING, SUCCEEDED, DEAD_LETTER ->
              outcome.requests() == 0 ? Signal.Kind.UNUSED : Signal.Kind.ANSWERED;
          case NOT_FOUND -> Signal.Kind.NOT_FOUND;
          case REFUSED -> Signal.Kind.REFUSED;
          case MAINTENANCE -> Signal.Kind.MAINTENANCE;
          case HALT -> Signal.Kind.HALT;
          case RETRY ->
              outcome.reason() == Reason.RESULT_UNREADABLE
                  ? Signal.Kind.DOUBT
                  : Signal.Kind.FAILURE;
          case IN_DOUBT -> Signal.Kind.DOUBT;
          case UNREACHABLE -> Signal.Kind.UNREACHABLE;
          case NOT_SENT -> Signal.Kind.UNUSED;
        };
    boolean creates = claimed.kind() == RequestKind.CREATE;
    return new Signal(
        kind,
        claimed.kind(),
        creates ? claimed.attempts() > 0 : claimed.task().failures() > 0,
        kind == Signal.Kind.DOUBT ? 0 : outcome.code() == null ? standIn(outcome) : outcome.code(),
        outcome.message(),
        outcome.retryAfter());
  }

  /**
   * The transition of a claim of a dead process: a row with a task is queried again, any other is
   * in doubt.
   */
  public Transition abandoned(ClaimedRow claimed, long claimedAt, long now) {
    Outcome outcome =
        Outcome.withoutAnswer(
            Outcome.Kind.IN_DOUBT,
            "but facedrop was killed before an answer was recorded, and maybe before it was sent");
    RowOutcome row = new RowOutcome(claimed, outcome, request(claimed, claimedAt, null, outcome));
    return claimed.task() == null
        ? inDoubt(row.saying(doubt(row, "to be sent at " + second(claimedAt))), now)
        : row.queriedAt(now, 0, claimed.task());
  }

  /** The HTTP status stood in for the code, so it names the halt. */
  private static int standIn(Outcome outcome) {
    return outcome.httpStatus() == null ? 0 : outcome.httpStatus();
  }
}
