package io.facedrop.ledger.settle;

import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.model.Answered;
import io.facedrop.ledger.model.Counters;
import io.facedrop.ledger.model.Ending;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.Request;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.model.Task;

/**
 * What one answer does to a row: its next state and everything that goes with it.
 *
 * @param row the row's id
 * @param stage next
 * @param state next
 * @param due when it may be claimed again
 * @param counters of what was tried
 * @param request that this transition accounts for; null when none was sent
 * @param task null when there is none
 * @param ending what its output will say
 * @param answered what the API said last
 */
public record Transition(
    long row,
    Stage stage,
    RowState state,
    Due due,
    Counters counters,
    Request request,
    Task task,
    Ending ending,
    Answered answered) {

  /** A row that goes on with a task without any request. */
  public static Transition adopting(long row, Due due, Counters counters, Task task) {
    return new Transition(
        row,
        Stage.first(),
        RowState.SUBMITTED,
        due,
        counters,
        null,
        task,
        Ending.OPEN,
        Answered.not(""));
  }

  /** A dead letter without any request and task. */
  public static Transition dead(long row, Counters counters, Ending ending, Answered answered) {
    return new Transition(
        row, Stage.first(), RowState.DEAD, Due.NEVER, counters, null, null, ending, answered);
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
    return due.dated() && due.at() != null && due.at() <= now;
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

  /** Whether its request failed and must be repeated. */
  public boolean isAgain() {
    Integer code = answered.code();
    boolean found = code != null && code == OK && task != null && task.failures() == 0;
    return isStillToSend() || state == RowState.SUBMITTED && !found;
  }

  /** The same row as a dead letter, because its batch was cancelled while it was out. */
  public Transition cancelled() {
    return new Transition(
        row,
        stage,
        RowState.DEAD,
        Due.NEVER,
        counters,
        request,
        task,
        Ending.dead(Reason.CANCELLED, Reason.CANCELLED.chargedAfter(counters.attempts())),
        new Answered(answered.code(), answered.httpStatus(), CANCELLED));
  }
}
