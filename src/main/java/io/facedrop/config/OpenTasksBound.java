package io.facedrop.config;

import java.time.Duration;

/**
 * How many tasks may be open at once.
 *
 * <p>Results that are due are asked for before anything is submitted, so unbounded tasks that take
 * long would in the end take every request for themselves.
 */
final class OpenTasksBound {
  private static final String AUTO = "auto";
  private static final long AUTOMATIC = 0;

  /** Of the requests that the rate allows, asking for results takes so many at most. */
  private static final double SHARE = 0.8;

  /**
   * Without a rate nobody knows how many requests there are in an interval: as many as a worker
   * makes of an API that answers in a millisecond. A smaller bound holds up submitting before the
   * first results are due, and a slower API reaches none: what is due goes before what is
   * submitted.
   */
  private static final long FOR_EACH_IN_FLIGHT = 10_000;

  private OpenTasksBound() {}

  /** A number from 1 on, or {@code auto}, which is 0. */
  static long parse(String text) {
    if (text.equals(AUTO)) {
      return AUTOMATIC;
    }
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException("must be auto or a whole number from 1 on");
    }
    return Long.parseLong(text);
  }

  /**
   * The bound; automatically, so many that each can be asked within the share.
   *
   * @param rate of queries
   * @param pause between two queries of a task, or before the first
   */
  static long bound(long asked, Rate rate, int concurrency, Duration pause) {
    if (asked != AUTOMATIC) {
      return asked;
    }
    if (rate == null || rate.intervalNanos() == 0) {
      return concurrency * FOR_EACH_IN_FLIGHT;
    }
    double requests = (double) pause.toNanos() / rate.intervalNanos();
    return Math.max(1, (long) (SHARE * requests));
  }
}
