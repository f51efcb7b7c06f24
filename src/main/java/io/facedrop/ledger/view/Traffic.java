package io.facedrop.ledger.view;

import io.facedrop.api.RequestKind;

/**
 * Requests of one kind and latency in one slot of a batch's time.
 *
 * @param slot from 0
 * @param kind of request
 * @param latency class, see {@link #longestMillis(int)}; {@link #UNKNOWN} when unknown
 * @param requests number of requests
 * @param again number of these after which the row waits for another request
 * @param succeeded number of rows that became successes, including those that share an outcome
 * @param dead number of rows that became dead letters, including those that share an outcome
 */
public record Traffic(
    int slot, Kind kind, int latency, long requests, long again, long succeeded, long dead) {
  /** The latency class of a request without an answer. */
  public static final int UNKNOWN = -1;

  /** Kinds of request. */
  public enum Kind {
    /** Creates a task. */
    CREATE,
    /** Asks for a task's result. */
    QUERY,
    /** No request: the time from submission to the faces of one row. */
    FACES;

    public static Kind of(RequestKind request) {
      return request == RequestKind.CREATE ? CREATE : QUERY;
    }
  }

  /** So many classes for each doubling, so that an estimate is off by a twelfth at most. */
  private static final int IN_OCTAVE = 8;

  /** What rounding adds to a logarithm, far below the distance between two latencies. */
  private static final double ROUNDING = 1e-11;

  /** The class of a latency. */
  public static int latencyOf(long millis) {
    return millis <= 1 ? 0 : (int) Math.ceil(IN_OCTAVE * Math.log(millis) / Math.log(2) - ROUNDING);
  }

  /**
   * The longest latency of a class, in milliseconds; the shortest is above that of the class
   * before.
   */
  public static double longestMillis(int latency) {
    return Math.pow(2, latency / (double) IN_OCTAVE);
  }
}
