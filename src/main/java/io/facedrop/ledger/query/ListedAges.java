package io.facedrop.ledger.query;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * Queries every task at the same ages, as the operator lists them, and learns nothing.
 *
 * @param ages since submission, ascending, at least one
 * @param interval after the last of them
 * @param deadline age at which a task that still runs is given up
 */
public record ListedAges(List<Duration> ages, Duration interval, Duration deadline)
    implements QueryTimes {
  /** The default, for a ledger without settings of queries. */
  public static final QueryTimes AT_ONCE =
      new ListedAges(List.of(Duration.ZERO), Duration.ofSeconds(1), Duration.ofHours(1));

  public ListedAges {
    ages = List.copyOf(ages);
  }

  @Override
  public long likely(long now) {
    return Math.min(ages.get(0).toMillis(), deadline.toMillis());
  }

  @Override
  public long early(long now) {
    return likely(now);
  }

  @Override
  public OptionalLong first(boolean small, long now) {
    return OptionalLong.of(likely(now));
  }

  @Override
  public void handedOut(long age) {}

  /** A query that was late does not make the next one follow at its heels. */
  @Override
  public long after(long age, boolean small, long now) {
    long before = 0;
    for (Duration listed : ages) {
      long next = listed.toMillis();
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

  @Override
  public void found(long unfinishedAt, long age, boolean ended, long runMillis, long now) {}

  @Override
  public long longest() {
    return ages.get(ages.size() - 1).plus(interval.multipliedBy(2)).toMillis();
  }

  @Override
  public long giveUpAge() {
    return deadline.toMillis();
  }
}
