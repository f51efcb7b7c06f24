package io.facedrop.ledger.query;

/** A row of the simulation; times in microseconds. */
final class SimulatedTask {
  final int row;
  int requests = 1;
  boolean asked;
  boolean ended;
  long submittedAt;
  long endsAt;
  long run;
  long dueAt;
  long firstAge = -1;
  long unfinishedAge;
  long unfinishedAt;
  long knownAt;

  SimulatedTask(int row) {
    this.row = row;
  }

  /** How long its end was unknown, in milliseconds. */
  long lateness() {
    return (knownAt - endsAt) / 1_000;
  }

  /** Beyond what is permitted in a small batch, in milliseconds. */
  long tooLate() {
    return lateness() - Math.max(1_000, run / 5);
  }

  /** From the last moment at which it was known unfinished, in milliseconds. */
  long uncertainty() {
    return (knownAt - unfinishedAt) / 1_000;
  }
}
