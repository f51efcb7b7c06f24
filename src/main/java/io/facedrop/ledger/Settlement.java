package io.facedrop.ledger;

/**
 * The state that a claimed image goes on in, with everything that its output row will say.
 *
 * @param image the image's id
 * @param state next
 * @param dueAt epoch milliseconds at which it may be claimed again; null when settled
 * @param attempts in all
 * @param requests in all
 * @param sent requests that this settlement accounts for, 0 or 1
 * @param reason of a dead letter, or what a held row would become; else null
 * @param code the API's; null when there was none
 */
public record Settlement(
    long image,
    State state,
    Long dueAt,
    int attempts,
    int requests,
    int sent,
    boolean possibleDuplicate,
    String detectTaskId,
    Charged charged,
    Reason reason,
    Integer code,
    Integer httpStatus,
    String message) {

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

  /** The same row as a dead letter, because its batch was cancelled while it was out. */
  Settlement cancelled() {
    return new Settlement(
        image,
        State.DEAD,
        null,
        attempts,
        requests,
        sent,
        possibleDuplicate,
        detectTaskId,
        attempts == 0 ? Charged.NO : Charged.UNKNOWN,
        Reason.CANCELLED,
        code,
        httpStatus,
        Cancellation.MESSAGE);
  }
}
