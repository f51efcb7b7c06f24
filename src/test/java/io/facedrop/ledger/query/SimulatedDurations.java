package io.facedrop.ledger.query;

import java.util.Random;

/** How long a task takes. */
@FunctionalInterface
interface SimulatedDurations {
  long NEVER = Long.MAX_VALUE / 4_000;

  /** Milliseconds from creation to end. */
  long of(int row, Random random);

  static SimulatedDurations constant(long millis) {
    return (row, random) -> millis;
  }

  static SimulatedDurations logNormal(long median, double sigma) {
    return (row, random) -> (long) (median * Math.exp(sigma * random.nextGaussian()));
  }

  /** So large a share takes longer. */
  static SimulatedDurations humps(long shorter, long longer, double share) {
    return (row, random) ->
        (long)
            ((random.nextDouble() < share ? longer : shorter) * (0.95 + random.nextDouble() / 10));
  }

  /** By row, from one duration to another. */
  static SimulatedDurations drift(long from, long to, int rows) {
    return (row, random) -> (long) (from * Math.pow((double) to / from, (double) row / rows));
  }

  /** One duration, another from a row on, and the first again from a later one on. */
  static SimulatedDurations change(long first, long second, int from, int until) {
    return (row, random) -> row >= from && row < until ? second : first;
  }

  default SimulatedDurations neverEnding(double share) {
    return (row, random) -> random.nextDouble() < share ? NEVER : of(row, random);
  }

  default SimulatedDurations atMost(long millis) {
    return (row, random) -> Math.min(of(row, random), millis);
  }
}
