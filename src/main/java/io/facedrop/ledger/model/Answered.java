package io.facedrop.ledger.model;

/**
 * What the API said last of a row, or facedrop where nothing was answered.
 *
 * @param code the API's; null when there was none
 * @param httpStatus null when there was no answer
 * @param message the API's words, or ours where it had none
 */
public record Answered(Integer code, Integer httpStatus, String message) {
  /** Whether the API, or something in front of it, has answered at all. */
  public boolean isAnswer() {
    return code != null || httpStatus != null;
  }

  /** A message of facedrop, because there is no answer. */
  public static Answered not(String message) {
    return new Answered(null, null, message);
  }
}
