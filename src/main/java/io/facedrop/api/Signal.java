package io.facedrop.api;

/**
 * What a request told about the API, for the gate.
 *
 * @param kind of news
 * @param request what was asked
 * @param code the API's code, 0 when there was none
 * @param message the API's words or the failure's
 * @param retryAfter the header's value; null for none
 */
public record Signal(Kind kind, Request request, int code, String message, String retryAfter) {

  /** Kinds of request; one may work while the other does not. */
  public enum Request {
    /** Creates a task. */
    CREATE,
    /** Asks for a task's result. */
    RESULT
  }

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
    /** Codes 401, 402, 505: nothing can succeed until somebody acts. */
    HALT,
    /** Code 500 or no answer. */
    FAILURE,
    /** No connection. */
    UNREACHABLE,
    /** No request left after all. */
    UNUSED
  }

  public static final Signal ANSWERED = of(Kind.ANSWERED, 200, "");
  public static final Signal UNUSED = of(Kind.UNUSED, 0, "");

  /** News of a request that creates a task, without a header. */
  public static Signal of(Kind kind, int code, String message) {
    return new Signal(kind, Request.CREATE, code, message, null);
  }
}
