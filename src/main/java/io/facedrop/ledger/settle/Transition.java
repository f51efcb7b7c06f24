package io.facedrop.ledger.settle;

import io.facedrop.api.Detection;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.Request;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.model.Task;

/**
 * The state that a claimed row goes on in, with everything that its output row will say.
 *
 * @param row the row's id
 * @param state next
 * @param dueAt epoch milliseconds at which it may be claimed again; null when settled
 * @param attempts in all
 * @param requests in all
 * @param request that this transition accounts for; null when none was sent
 * @param task null when there is none
 * @param reason of a dead letter, or what a held row would become; else null
 * @param code the API's; null when there was none
 * @param httpStatus null when there was no answer
 * @param detection null unless the faces are there
 */
public record Transition(
    long row,
    RowState state,
    Long dueAt,
    int attempts,
    int requests,
    Request request,
    boolean possibleDuplicate,
    Task task,
    Charged charged,
    Reason reason,
    Integer code,
    Integer httpStatus,
    String message,
    Detection detection) {

  /** A row that came to this without any request. */
  public static Transition withoutRequest(long row, RowState state, Long dueAt, Task task) {
    return new Transition(
        row, state, dueAt, 0, 0, null, false, task, Charged.UNKNOWN, null, null, null, "", null);
  }

  private static final int OK = 200;

  /** What a dead letter says whose batch was cancelled. */
  public static final String CANCELLED = "the batch was cancelled before this row succeeded";

  /** How many requests it accounts for. */
  public int sent() {
    return request == null ? 0 : request.count();
  }

  /** Whether it is to be claimed again at once. */
  public boolean isDue(long now) {
    return dueAt != null && dueAt <= now;
  }

  public Output output() {
    return switch (state) {
      case SUCCEEDED -> Output.SUCCESS;
      case DEAD -> Output.DEAD_LETTER;
      default -> null;
    };
  }

  /**
   * Whether its request would have to be sent again, so that a cancelled batch has no use for it.
   */
  public boolean isStillToSend() {
    return state == RowState.WAITING || state == RowState.UNPROVEN;
  }

  /** Whether its request came to nothing and another has to be sent in its place. */
  public boolean isAgain() {
    boolean answered = code != null && code == OK && task != null && task.failures() == 0;
    return isStillToSend() || state == RowState.SUBMITTED && !answered;
  }

  /** The same row as a dead letter, because its batch was cancelled while it was out. */
  public Transition cancelled() {
    return new Transition(
        row,
        RowState.DEAD,
        null,
        attempts,
        requests,
        request,
        possibleDuplicate,
        task,
        Reason.CANCELLED.chargedAfter(attempts),
        Reason.CANCELLED,
        code,
        httpStatus,
        CANCELLED,
        null);
  }
}
