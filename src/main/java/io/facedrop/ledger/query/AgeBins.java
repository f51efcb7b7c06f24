package io.facedrop.ledger.query;

/** Ages from 50 ms to more than an hour on a logarithmic scale, a twentieth apart. */
final class AgeBins {
  static final int COUNT = 232;
  private static final double LOWEST = 50;
  private static final double LOG_WIDTH = Math.log(1.05);

  private AgeBins() {}

  static int of(long age) {
    double bin = Math.log(Math.max(age, LOWEST) / LOWEST) / LOG_WIDTH;
    return Math.min((int) bin, COUNT - 1);
  }

  /** How many bins lie between an age and its multiple. */
  static int within(double factor) {
    return (int) Math.round(Math.log(factor) / LOG_WIDTH);
  }
}
