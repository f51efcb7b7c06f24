package io.facedrop.bench.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The tasks since the last reset: when each ends, and how many requests it took to learn that. */
final class Tasks {
  /** Until so many have been found ended, a contender may still learn. */
  private static final int EARLY = 200;

  private static final long MILLI = 1_000_000;

  private final Durations durations;
  private final LongSupplier inOrder;
  private final List<Task> tasks = new ArrayList<>();
  private long found;
  private long laterRequests;

  private static final class Task {
    private final long created;
    private final long createdMillis = System.currentTimeMillis();
    private final long millis;
    private int requests = 1;
    private boolean found;
    private boolean later;

    private Task(long created, long millis) {
      this.created = created;
      this.millis = millis;
    }
  }

  Tasks(Durations durations) {
    this.durations = durations;
    this.inOrder = durations.inOrder();
  }

  /** The next task, which begins now. */
  void create(long arrival) {
    if (!durations.isNone()) {
      tasks.add(new Task(arrival, inOrder.getAsLong()));
    }
  }

  /** The answer to a query. */
  byte[] answer(String target, long arrival) {
    if (durations.isNone()) {
      return Answers.finished(target);
    }
    int number = Answers.taskNumber(target);
    return number < 1 || number > tasks.size()
        ? Answers.REFUSED
        : answer(target, arrival, tasks.get(number - 1));
  }

  private byte[] answer(String target, long arrival, Task task) {
    task.requests++;
    if (arrival - task.created < task.millis * MILLI) {
      return Answers.processing(target);
    }
    find(task);
    return Answers.finished(target, task.createdMillis, task.createdMillis + task.millis);
  }

  private void find(Task task) {
    if (task.found) {
      laterRequests += task.later ? 1 : 0;
      return;
    }
    task.found = true;
    task.later = ++found > EARLY;
    laterRequests += task.later ? task.requests : 0;
  }

  /** Tasks of which an answer said that they have ended. */
  long found() {
    return found;
  }

  /** Of these, all but the first 200. */
  long later() {
    return Math.max(0, found - EARLY);
  }

  /** Requests that the later ones took, creates and queries. */
  long laterRequests() {
    return laterRequests;
  }
}
