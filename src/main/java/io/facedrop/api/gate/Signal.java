package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;

/**
 * What a request showed about the API, for the gate.
 *
 * @param kind of news
 * @param request what was asked
 * @param again whether the row has failed before, so that a failure may be its own
 * @param code the API's code, 0 when there was none that is known
 * @param message the API's words or the failure's
 * @param retryAfter the header's value; null for none
 */
public record Signal(
    Kind kind, RequestKind request, boolean again, int code, String message, String retryAfter) {

  /** Kinds of news. */
  public enum Kind {
    /** The API does its work, whatever it said of this row. */
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
    /** No answer to a request that left, or one that nobody can read. */
    DOUBT,
    /** No connection. */
    UNREACHABLE,
    /** No request left after all. */
    UNUSED
  }

  public static final Signal ANSWERED = of(Kind.ANSWERED, 200, "");
  public static final Signal UNUSED = of(Kind.UNUSED, 0, "");

  /** News of a request that creates a task for a fresh row, without a header. */
  public static Signal of(Kind kind, int code, String message) {
    return new Signal(kind, RequestKind.CREATE, false, code, message, null);
  }
}
