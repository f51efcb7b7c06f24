package io.facedrop.ledger;

import io.facedrop.api.Backoff;
import io.facedrop.api.Signal;
import io.facedrop.ledger.Settlement.State;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides from an outcome how a row goes on and what the gate should hear.
 *
 * @param maxAttempts after which a row that keeps failing is a dead letter
 * @param backoff between attempts
 * @param resubmit whether a row in doubt is sent again rather than set aside
 */
public record SettlementRules(int maxAttempts, Backoff backoff, boolean resubmit) {

  /**
   * How the row goes on.
   *
   * @param proven whether the API's address has answered anything but 404 yet
   * @param now epoch milliseconds
   */
  public Settlement settlement(Image image, Outcome outcome, boolean proven, long now) {
    return switch (outcome.kind()) {
      case SUCCEEDED -> row(image, outcome, State.SUCCEEDED, null, 1, 1, null, Charged.YES);
      case DEAD_LETTER -> dead(image, outcome, outcome.reason());
      case NOT_FOUND ->
          proven ? dead(image, outcome, Reason.NOT_FOUND) : held(image, outcome, later(image, now));
      case RETRY -> retry(image, outcome, outcome.reason(), now);
      case IN_DOUBT ->
          resubmit
              ? duplicate(retry(image, outcome, Reason.IN_DOUBT, now))
              : dead(image, outcome, Reason.IN_DOUBT);
      case REFUSED, MAINTENANCE, HALT -> waiting(image, outcome, now, 0, 1);
      case UNREACHABLE -> waiting(image, outcome, later(image, now), 0, 0);
      case NOT_SENT -> waiting(image, outcome, later(image, now), 0, 0);
    };
  }

  /** What the gate should hear. */
  public static Signal signal(Outcome outcome) {
    Signal.Kind kind =
        switch (outcome.kind()) {
          case SUCCEEDED, DEAD_LETTER -> Signal.Kind.ANSWERED;
          case NOT_FOUND -> Signal.Kind.NOT_FOUND;
          case REFUSED -> Signal.Kind.REFUSED;
          case MAINTENANCE -> Signal.Kind.MAINTENANCE;
          case HALT -> Signal.Kind.HALT;
          case RETRY, IN_DOUBT -> Signal.Kind.FAILURE;
          case UNREACHABLE -> Signal.Kind.UNREACHABLE;
          case NOT_SENT -> Signal.Kind.UNUSED;
        };
    int code = outcome.code() == null ? standIn(outcome) : outcome.code();
    return new Signal(kind, code, outcome.message(), outcome.retryAfter());
  }

  /** What a claim becomes that a dead process left behind. */
  Settlement abandoned(Image image, long claimedAt, long now) {
    Outcome outcome =
        Outcome.withoutAnswer(
            Outcome.Kind.IN_DOUBT,
            "facedrop stopped after "
                + java.time.Instant.ofEpochMilli(claimedAt)
                + " before an answer was recorded; the request may have been charged");
    return settlement(image, outcome, true, now);
  }

  /** The HTTP status stood in for the code, so it names the halt. */
  private static int standIn(Outcome outcome) {
    return outcome.httpStatus() == null ? 0 : outcome.httpStatus();
  }

  private Settlement retry(Image image, Outcome outcome, Reason exhausted, long now) {
    return image.attempts() + 1 >= maxAttempts
        ? dead(image, outcome, exhausted)
        : waiting(image, outcome, later(image, now), 1, 1);
  }

  private long later(Image image, long now) {
    return now + backoff.delay(image.attempts() + 1, ThreadLocalRandom.current()).toMillis();
  }

  private static Settlement dead(Image image, Outcome outcome, Reason reason) {
    // What an attempt before this one cost, nobody knows.
    boolean unknown = image.attempts() > 0 && reason.charged() == Charged.NO;
    Charged charged = unknown ? Charged.UNKNOWN : reason.charged();
    return row(image, outcome, State.DEAD, null, 1, 1, reason, charged);
  }

  private static Settlement held(Image image, Outcome outcome, long dueAt) {
    return row(image, outcome, State.HELD, dueAt, 0, 1, Reason.NOT_FOUND, Charged.NO);
  }

  private static Settlement waiting(
      Image image, Outcome outcome, long dueAt, int attempts, int requests) {
    return row(image, outcome, State.WAITING, dueAt, attempts, requests, null, Charged.UNKNOWN);
  }

  private static Settlement duplicate(Settlement again) {
    return new Settlement(
        again.image(),
        again.state(),
        again.dueAt(),
        again.attempts(),
        again.requests(),
        again.sent(),
        true,
        again.detectTaskId(),
        again.charged(),
        again.reason(),
        again.code(),
        again.httpStatus(),
        again.message());
  }

  private static Settlement row(
      Image image,
      Outcome outcome,
      State state,
      Long dueAt,
      int attempts,
      int requests,
      Reason reason,
      Charged charged) {
    return new Settlement(
        image.id(),
        state,
        dueAt,
        image.attempts() + attempts,
        image.requests() + requests,
        requests,
        image.possibleDuplicate(),
        outcome.detectTaskId(),
        charged,
        reason,
        outcome.code(),
        outcome.httpStatus(),
        outcome.message());
  }
}
