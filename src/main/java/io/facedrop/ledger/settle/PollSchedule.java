package io.facedrop.ledger.settle;

import java.time.Duration;
import java.util.List;

/**
 * When the result of a task is asked for.
 *
 * @param ages since submission, ascending, at least one
 * @param interval after the last of them
 * @param deadline age at which a task that still runs is given up
 */
public record PollSchedule(List<Duration> ages, Duration interval, Duration deadline) {
  public PollSchedule {
    ages = List.copyOf(ages);
  }

  /** The age of the first poll, in milliseconds. */
  public long first() {
    return Math.min(ages.get(0).toMillis(), deadline.toMillis());
  }

  /** No poll is put off for longer than this, in milliseconds. */
  public long longest() {
    return ages.get(ages.size() - 1).plus(interval.multipliedBy(2)).toMillis();
  }

  public boolean isOver(long age) {
    return age >= deadline.toMillis();
  }

  /**
   * The age of the poll that follows one at this age, in milliseconds; never past the deadline
   * without a poll at it.
   */
  public long after(long age) {
    long next = scheduled(age);
    return isOver(age) ? next : Math.min(next, deadline.toMillis());
  }

  /** A poll that was late does not make the next one follow at its heels. */
  private long scheduled(long age) {
    long before = 0;
    for (Duration scheduled : ages) {
      long next = scheduled.toMillis();
      if (isFarEnough(next - age, next - before)) {
        return next;
      }
      before = next;
    }
    long every = interval.toMillis();
    long next = before + Math.max(1, Math.floorDiv(age - before, every) + 1) * every;
    return isFarEnough(next - age, every) ? next : next + every;
  }

  private static boolean isFarEnough(long distance, long usual) {
    return distance > 0 && 2 * distance >= usual;
  }
}
