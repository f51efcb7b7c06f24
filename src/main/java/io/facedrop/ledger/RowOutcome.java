package io.facedrop.ledger;

import io.facedrop.ledger.Settlement.State;

/**
 * An image and what an exchange for it came to, from which its settlement is made.
 *
 * @param request that the exchange sent; null for none
 */
record RowOutcome(Image image, Outcome outcome, Request request, boolean possibleDuplicate) {
  RowOutcome(Image image, Outcome outcome, Request request) {
    this(image, outcome, request, image.possibleDuplicate());
  }

  /** The same, of a row that is sent again although its request may have been charged. */
  RowOutcome possiblyTwice() {
    return new RowOutcome(image, outcome, request, true);
  }

  /** The same in our own words, where the API has none. */
  RowOutcome saying(String message) {
    return new RowOutcome(image, outcome.saying(message), request, possibleDuplicate);
  }

  Settlement succeeded(int attempts, Task task) {
    return to(State.SUCCEEDED, null, attempts, null, Charged.YES, task);
  }

  Settlement dead(Reason reason) {
    int attempts = request == null ? 0 : 1;
    return to(State.DEAD, null, attempts, reason, reason.chargedAfter(image.attempts()), null);
  }

  Settlement deadTask(Reason reason, int attempts, Task task) {
    return to(State.DEAD, null, attempts, reason, Charged.YES, task);
  }

  Settlement held(long dueAt) {
    Charged charged = Reason.NOT_FOUND.chargedAfter(image.attempts());
    return to(State.HELD, dueAt, 0, Reason.NOT_FOUND, charged, null);
  }

  Settlement waiting(long dueAt, int attempts) {
    return to(State.WAITING, dueAt, attempts, null, Charged.UNKNOWN, null);
  }

  Settlement polledAt(long dueAt, int attempts, Task task) {
    return to(State.SUBMITTED, dueAt, attempts, null, Charged.YES, task);
  }

  private Settlement to(
      State state, Long dueAt, int attempts, Reason reason, Charged charged, Task task) {
    return new Settlement(
        image.id(),
        state,
        dueAt,
        image.attempts() + attempts,
        image.requests() + (request == null ? 0 : request.count()),
        request,
        possibleDuplicate,
        task,
        charged,
        reason,
        outcome.code(),
        outcome.httpStatus(),
        outcome.message(),
        state == State.SUCCEEDED ? outcome.detection() : null);
  }
}
