package io.facedrop.ledger;

import io.facedrop.api.Detection;

/**
 * The state that a claimed image goes on in, with everything that its output row will say.
 *
 * @param image the image's id
 * @param state next
 * @param dueAt epoch milliseconds at which it may be claimed again; null when settled
 * @param attempts in all
 * @param requests in all
 * @param request that this settlement accounts for; null when none was sent
 * @param task null when there is none
 * @param reason of a dead letter, or what a held row would become; else null
 * @param code the API's; null when there was none
 * @param httpStatus null when there was no answer
 * @param detection null unless the faces are there
 */
public record Settlement(
    long image,
    State state,
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
  static Settlement withoutRequest(long image, State state, Long dueAt, Task task) {
    return new Settlement(
        image, state, dueAt, 0, 0, null, false, task, Charged.UNKNOWN, null, null, null, "", null);
  }

  private static final int OK = 200;

  /** States of an image that is no longer pending. */
  public enum State {
    WAITING("waiting"),
    HELD("held"),
    SUBMITTED("submitted"),
    SUCCEEDED("succeeded"),
    DEAD("dead");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** How many requests it accounts for. */
  int sent() {
    return request == null ? 0 : request.count();
  }

  /** Whether it is to be claimed again at once. */
  boolean isDue(long now) {
    return dueAt != null && dueAt <= now;
  }

  Output output() {
    return switch (state) {
      case SUCCEEDED -> Output.SUCCESS;
      case DEAD -> Output.DEAD_LETTER;
      default -> null;
    };
  }

  /**
   * Whether its request would have to be sent again, so that a cancelled batch has no use for it.
   */
  boolean isStillToSend() {
    return state == State.WAITING || state == State.HELD;
  }

  /** Whether its request came to nothing and another has to be sent in its place. */
  boolean isAgain() {
    boolean answered = code != null && code == OK && task != null && task.failures() == 0;
    return isStillToSend() || state == State.SUBMITTED && !answered;
  }

  /** The same row as a dead letter, because its batch was cancelled while it was out. */
  Settlement cancelled() {
    return new Settlement(
        image,
        State.DEAD,
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
        Cancellation.MESSAGE,
        null);
  }
}
