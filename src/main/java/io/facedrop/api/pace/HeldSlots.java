package io.facedrop.api.pace;

import java.util.ArrayDeque;
import java.util.Deque;

/** Slots that this process has reserved and not spent, in their order, by its monotonic clock. */
final class HeldSlots {
  /** Some that follow each other. */
  private static final class Run {
    long firstNanos;
    int slots;

    Run(long firstNanos, int slots) {
      this.firstNanos = firstNanos;
      this.slots = slots;
    }
  }

  private final long intervalNanos;
  private final long lateNanos;
  private final Deque<Run> runs = new ArrayDeque<>();
  private int count;

  /**
   * @param lateNanos so much later at most a slot is spent
   */
  HeldSlots(long intervalNanos, long lateNanos) {
    this.intervalNanos = intervalNanos;
    this.lateNanos = lateNanos;
  }

  void add(long firstNanos, int slots) {
    runs.add(new Run(firstNanos, slots));
    count += slots;
  }

  int count() {
    return count;
  }

  /** Loses those that nobody has spent in time. */
  void dropLate(long now) {
    while (count > 0 && next() + lateNanos - now < 0) {
      long late = now - lateNanos - next();
      drop((int) Math.min(runs.peek().slots, 1 + (late - 1) / intervalNanos));
    }
  }

  /** When the next is. */
  long next() {
    return runs.peek().firstNanos;
  }

  /** When the last is. */
  long last() {
    Run last = runs.peekLast();
    return last.firstNanos + (last.slots - 1) * intervalNanos;
  }

  /** When the one is that has so many before it. */
  long at(int before) {
    int left = before;
    for (Run run : runs) {
      if (left < run.slots) {
        return run.firstNanos + left * intervalNanos;
      }
      left -= run.slots;
    }
    throw new IllegalStateException("no slot " + before + " of " + count);
  }

  void spend() {
    drop(1);
  }

  private void drop(int slots) {
    Run run = runs.peek();
    run.firstNanos += slots * intervalNanos;
    run.slots -= slots;
    count -= slots;
    if (run.slots == 0) {
      runs.remove();
    }
  }
}
