package io.facedrop.ledger.query;

import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * The few tasks that are queried before their time, to see whether tasks end sooner than is known.
 * One that has ended against expectation is a clue: more are queried at its age, and some below.
 */
final class Pioneers {
  private static final double SHARE = 0.016;
  private static final double SHARE_FAR_BELOW = 0.7;
  private static final double SHARE_WITH_CLUE = 0.3;
  private static final double SHARE_BELOW_CLUE = 0.3;

  /** Of the likely age. */
  private static final double LOWEST = 1.0 / 32;

  private static final double NEAR = 1.15;

  /** So many answers at a clue make it knowledge. */
  private static final int ENOUGH = 10;

  /** After the API's own times were misleading, so many first queries pass before they count. */
  private static final int REST = 300;

  private final RandomGenerator random;
  private long clue;
  private boolean isReported;
  private int answers;
  private int rest;
  private double longestRun;

  Pioneers(RandomGenerator random) {
    this.random = random;
  }

  /**
   * The age of a pioneer's first query; empty for most tasks.
   *
   * @param floor the highest age at which most tasks are known unfinished
   */
  OptionalLong age(long floor, long likely) {
    boolean hasClue = clue > 0 && clue * NEAR < likely;
    if (random.nextDouble() >= (hasClue ? SHARE_WITH_CLUE : SHARE)) {
      return OptionalLong.empty();
    }
    return hasClue ? atClue(likely) : below(floor, likely);
  }

  private OptionalLong atClue(long likely) {
    double lowest = Math.min(clue, likely * LOWEST);
    return random.nextDouble() < SHARE_BELOW_CLUE
        ? between(lowest, clue)
        : between(clue, clue * NEAR);
  }

  private OptionalLong below(long floor, long likely) {
    if (random.nextDouble() < SHARE_FAR_BELOW) {
      return between(likely * LOWEST, likely);
    }
    double lowest = Math.max(floor, likely / 2.0);
    return lowest * 1.1 > likely ? OptionalLong.empty() : between(lowest, likely);
  }

  private OptionalLong between(double from, double to) {
    return OptionalLong.of(Math.max(1, (long) (from * Math.pow(to / from, random.nextDouble()))));
  }

  /** A task has ended at an age at which it was not expected to. */
  void surprise(long age) {
    if (clue == 0 || age < clue) {
      follow(age, false);
    }
  }

  /**
   * What a first query found.
   *
   * @return whether it made the clue knowledge: most tasks have ended at this age
   */
  boolean found(long age, boolean ended) {
    rest--;
    if (clue == 0 || age < clue || age > clue * NEAR * 1.01) {
      return false;
    }
    answers++;
    boolean isKnown = ended && answers >= ENOUGH;
    if (!ended || isKnown) {
      rest = !ended && isReported ? REST : rest;
      clue = 0;
    }
    return isKnown;
  }

  /** How long a task ran by the API's own clock, which counts whole seconds and no queue. */
  void ran(long millis, long likely) {
    longestRun = Math.max(1.1 * millis + 1_000, longestRun * 0.95);
    if (clue == 0 && rest <= 0 && longestRun < 0.7 * likely) {
      follow((long) longestRun, true);
    }
  }

  private void follow(long age, boolean reported) {
    clue = age;
    isReported = reported;
    answers = 0;
  }
}
