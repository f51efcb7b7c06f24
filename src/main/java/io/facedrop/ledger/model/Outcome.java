package io.facedrop.ledger.model;

import io.facedrop.api.answer.Detection;

/**
 * What a route noted on an exchange; the consumer settles it when the exchange is complete.
 *
 * @param reason of a dead letter; for a retry, the reason when no attempt is left; otherwise null
 * @param code the API's; null when there was none
 * @param httpStatus null when there was no answer
 * @param message the API's words or the failure's
 * @param detectTaskId of the task that was created; null when there is none
 * @param detection null unless the faces are there
 * @param retryAfter the header's value; null for none
 * @param requests how many left
 * @param sandbox whether a sandbox answered
 */
public record Outcome(
    Kind kind,
    Reason reason,
    Integer code,
    Integer httpStatus,
    String message,
    String detectTaskId,
    Detection detection,
    String retryAfter,
    int requests,
    boolean sandbox) {
  /** One whose request left, unless its kind says that none did. */
  public Outcome(
      Kind kind,
      Reason reason,
      Integer code,
      Integer httpStatus,
      String message,
      String detectTaskId,
      Detection detection,
      String retryAfter) {
    this(
        kind,
        reason,
        code,
        httpStatus,
        message,
        detectTaskId,
        detection,
        retryAfter,
        kind == Kind.UNREACHABLE || kind == Kind.NOT_SENT ? 0 : 1,
        false);
  }

  /** Kinds of outcome. */
  public enum Kind {
    /** The task is created. */
    SUBMITTED,
    /** The task is not finished yet. */
    RUNNING,
    /** The row is a success. */
    SUCCEEDED,
    /** The row is a dead letter. */
    DEAD_LETTER,
    /** The API does not know the address, the row or the task. */
    NOT_FOUND,
    /** The API failed and may succeed later. */
    RETRY,
    /** The API asks for fewer requests. */
    REFUSED,
    /** The API is under maintenance. */
    MAINTENANCE,
    /** Nothing can succeed until an operator acts. */
    HALT,
    /** The request may have been charged, but its result is unknown. */
    IN_DOUBT,
    /** Something failed before the request left. */
    UNREACHABLE,
    /** The gate closed before the request left. */
    NOT_SENT
  }

  /** One that no answer led to. */
  public static Outcome withoutAnswer(Kind kind, String message) {
    return new Outcome(kind, null, null, null, message, null, null, null);
  }

  /** Whether an answer led to it. */
  public boolean isAnswered() {
    return httpStatus != null || code != null;
  }

  /** The same, of which so many requests left, and a sandbox answered or did not. */
  public Outcome sending(int left, boolean toSandbox) {
    return with(reason, message, left, toSandbox);
  }

  /** The same with this reason. */
  public Outcome because(Reason why) {
    return with(why, message, requests, sandbox);
  }

  /** The same in other words. */
  public Outcome saying(String words) {
    return with(reason, words, requests, sandbox);
  }

  private Outcome with(Reason why, String words, int left, boolean toSandbox) {
    return new Outcome(
        kind, why, code, httpStatus, words, detectTaskId, detection, retryAfter, left, toSandbox);
  }
}
