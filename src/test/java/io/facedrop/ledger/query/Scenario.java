package io.facedrop.ledger.query;

/**
 * What is simulated.
 *
 * @param perSecond rate of all requests; 0 without limit
 * @param latency of a request, in milliseconds
 * @param deadline age at which a task is given up, in milliseconds
 * @param reported share of a task's duration that the API reports, the rest being a queue; 0 when
 *     it reports none
 */
record Scenario(
    int rows,
    double perSecond,
    int concurrency,
    long latency,
    long deadline,
    double reported,
    SimulatedDurations durations) {
  static final long QUARTER = 15 * 60_000;

  static Scenario of(int rows, double perSecond, SimulatedDurations durations) {
    return new Scenario(rows, perSecond, 16, 20, QUARTER, 0, durations);
  }

  Scenario workers(int number) {
    return new Scenario(rows, perSecond, number, latency, deadline, reported, durations);
  }

  Scenario givenUpAt(long age) {
    return new Scenario(rows, perSecond, concurrency, latency, age, reported, durations);
  }

  Scenario reporting(double share) {
    return new Scenario(rows, perSecond, concurrency, latency, deadline, share, durations);
  }

  boolean isSmall() {
    return rows < 200;
  }

  long intervalMicros() {
    return perSecond == 0 ? 0 : Math.round(1_000_000 / perSecond);
  }

  int mostOpen() {
    return perSecond == 0 ? 10_000 * concurrency : (int) (perSecond * 15 * 60);
  }
}
