package io.facedrop.ledger.query;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a simulation came to.
 *
 * @param tasks in the order in which they were done
 * @param times as they were at the end
 */
record SimulationResult(List<SimulatedTask> tasks, QueryTimes times) {
  /** Of the rows that are done after so many. */
  double requestsPerRow(int after) {
    return tasks.stream().skip(after).mapToInt(task -> task.requests).average().orElseThrow();
  }

  /** Beyond two a row, in all. */
  int excess(Predicate<SimulatedTask> of) {
    return tasks.stream().filter(of).mapToInt(task -> task.requests - 2).sum();
  }

  /** From the first request to the last answer, in seconds. */
  double seconds() {
    return tasks.get(tasks.size() - 1).knownAt / 1e6;
  }

  /** The most that a result came late, beyond what its task's duration permits, in milliseconds. */
  long tooLate() {
    return tasks.stream().mapToLong(SimulatedTask::tooLate).max().orElseThrow();
  }

  double shareTooLate() {
    return (double) tasks.stream().filter(task -> task.tooLate() > 0).count() / tasks.size();
  }

  double minutesLeft() {
    return 60 - tasks.stream().mapToLong(SimulatedTask::uncertainty).max().orElseThrow() / 60e3;
  }
}
