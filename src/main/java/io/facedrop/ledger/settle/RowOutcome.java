package io.facedrop.ledger.settle;

import io.facedrop.ledger.model.Answered;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Counters;
import io.facedrop.ledger.model.Ending;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.Request;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.model.Task;

/**
 * A row and the outcome of an exchange; makes the transition of the row.
 *
 * @param request that the exchange sent; null for none
 */
public record RowOutcome(
    ClaimedRow claimed, Outcome outcome, Request request, boolean possibleDuplicate) {
  public RowOutcome(ClaimedRow claimed, Outcome outcome, Request request) {
    this(claimed, outcome, request, claimed.possibleDuplicate());
  }

  /** The same, of a row that is sent again although its request may have been charged. */
  public RowOutcome possiblyTwice() {
    return new RowOutcome(claimed, outcome, request, true);
  }

  /** The same in our own words, where the API has none. */
  public RowOutcome saying(String message) {
    return new RowOutcome(claimed, outcome.saying(message), request, possibleDuplicate);
  }

  public Transition succeeded(int attempts, Task task) {
    return to(RowState.SUCCEEDED, Due.NEVER, attempts, null, Charged.YES, task);
  }

  public Transition dead(Reason reason) {
    int attempts = request == null ? 0 : 1;
    return to(
        RowState.DEAD, Due.NEVER, attempts, reason, reason.chargedAfter(claimed.attempts()), null);
  }

  public Transition deadTask(Reason reason, int attempts, Task task) {
    return to(RowState.DEAD, Due.NEVER, attempts, reason, Charged.YES, task);
  }

  public Transition unproven(long dueAt) {
    Charged charged = Reason.NOT_FOUND.chargedAfter(claimed.attempts());
    return to(RowState.UNPROVEN, Due.at(dueAt), 0, Reason.NOT_FOUND, charged, null);
  }

  public Transition waiting(long dueAt, int attempts) {
    return to(RowState.WAITING, Due.at(dueAt), attempts, null, Charged.UNKNOWN, null);
  }

  public Transition queriedAt(long dueAt, int attempts, Task task) {
    return awaited(Due.at(dueAt), attempts, task);
  }

  public Transition awaited(Due due, int attempts, Task task) {
    return to(RowState.SUBMITTED, due, attempts, null, Charged.YES, task);
  }

  private Transition to(
      RowState state, Due due, int attempts, Reason reason, Charged charged, Task task) {
    int sent = request == null ? 0 : request.count();
    return new Transition(
        claimed.id(),
        claimed.stage(),
        state,
        due,
        new Counters(claimed.attempts() + attempts, claimed.requests() + sent, possibleDuplicate),
        request,
        task,
        new Ending(charged, reason, state == RowState.SUCCEEDED ? outcome.detection() : null),
        new Answered(outcome.code(), outcome.httpStatus(), outcome.message()));
  }
}
