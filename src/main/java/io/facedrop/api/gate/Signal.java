package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;

/**
 * What the gate learns from a request.
 *
 * @param kind of result
 * @param request kind of the request
 * @param again whether the row has failed before, so that the row itself may be the cause
 * @param code the API's code, 0 when there was none that is known
 * @param message the API's words or the failure's
 * @param retryAfter the header's value; null for none
 */
public record Signal(
    Kind kind, RequestKind request, boolean again, int code, String message, String retryAfter) {

  /** Kinds of news. */
  public enum Kind {
    /** The API works; its answer concerns this row only. */
    ANSWERED,
    /** Code 404. */
    NOT_FOUND,
    /** Code 429. */
    REFUSED,
    /** Code 455. */
    MAINTENANCE,
    /** Codes 401, 402, 403, 505: nothing can succeed until the operator acts. */
    HALT,
    /** Code 500. */
    FAILURE,
    /** No answer to a request that left, or an unreadable one. */
    DOUBT,
    /** No connection. */
    UNREACHABLE,
    /** No request left after all. */
    UNUSED
  }

  /** How the message begins when no request left because a step of the route fails. */
  public static final String STEP_FAILED =
      "a step of the route fails, so no request is sent; correct it: ";

  public static final Signal ANSWERED = of(Kind.ANSWERED, 200, "");
  public static final Signal UNUSED = of(Kind.UNUSED, 0, "");

  /** News of a request that creates a task for a fresh row, without a header. */
  public static Signal of(Kind kind, int code, String message) {
    return new Signal(kind, RequestKind.CREATE, false, code, message, null);
  }
}
