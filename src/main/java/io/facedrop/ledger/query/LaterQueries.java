package io.facedrop.ledger.query;

import java.util.concurrent.TimeUnit;

/** When a task that was found unfinished is queried again; all ages in milliseconds. */
final class LaterQueries {
  static final long LONGEST_PAUSE = TimeUnit.MINUTES.toMillis(5);

  /** Of the tasks that were unfinished, so many have ended at the next query. */
  private static final double SHARE = 0.4;

  private static final double LOWEST_FACTOR = 1.2;
  private static final double HIGHEST_FACTOR = 2;

  /** While nothing is known, several queries are to reach a high age. */
  private static final double SPARSE_FACTOR = 1.7;

  /** From here on, relative to the age by which most have ended, hardly any does. */
  private static final int FAR = 8;

  /** Slack of a comparison with the age that was decided on. */
  private static final double ABOUT = 0.97;

  private LaterQueries() {}

  /** So that its end is noticed within a fifth of its duration, or a second. */
  static long soonAfter(long age) {
    return bounded(age, Ladder.above(age));
  }

  /** While tasks take longer than anything that is known. */
  static long sparselyAfter(long age, long threshold) {
    return bounded(age, Math.max((long) (SPARSE_FACTOR * age), threshold));
  }

  /**
   * By what is known of such tasks.
   *
   * @param threshold age by which most tasks have ended
   */
  static long after(long age, long threshold, Stragglers stragglers) {
    if (age < ABOUT * threshold) {
      return bounded(age, Math.max((long) (LOWEST_FACTOR * age), threshold));
    }
    double factor = age < FAR * threshold ? stragglers.factor(age, SHARE) : HIGHEST_FACTOR;
    return bounded(age, (long) (age * Math.max(LOWEST_FACTOR, Math.min(factor, HIGHEST_FACTOR))));
  }

  private static long bounded(long age, long next) {
    return Math.max(age + 1, Math.min(next, age + LONGEST_PAUSE));
  }
}
