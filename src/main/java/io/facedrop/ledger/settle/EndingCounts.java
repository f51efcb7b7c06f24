package io.facedrop.ledger.settle;

import io.facedrop.ledger.model.Reason;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Counts the rows that this process has ended. They count once they are committed; who adds,
 * commits and forgets is the writer's thread, and anybody reads.
 */
public final class EndingCounts {
  private static final int SUCCESS = Reason.values().length;

  private final long[] uncommitted = new long[SUCCESS + 1];
  private final LongAdder[] committed =
      IntStream.rangeClosed(0, SUCCESS)
          .mapToObj(place -> new LongAdder())
          .toArray(LongAdder[]::new);

  /** Invalid rows count when their manifest is accepted, which is still to be seen. */
  void add(Transition transition) {
    if (transition.output() != null && transition.ending().reason() != Reason.INVALID_URL) {
      add(transition.ending().reason(), 1);
    }
  }

  /**
   * Rows end.
   *
   * @param reason of dead letters; null of successes
   */
  public void add(Reason reason, long rows) {
    uncommitted[place(reason)] += rows;
  }

  /** What was added since the last commit is committed. */
  public void commit() {
    for (int i = 0; i < uncommitted.length; i++) {
      if (uncommitted[i] != 0) {
        committed[i].add(uncommitted[i]);
        uncommitted[i] = 0;
      }
    }
  }

  /** What was added since the last commit has not happened. */
  public void forget() {
    Arrays.fill(uncommitted, 0);
  }

  /**
   * How many rows have ended so.
   *
   * @param reason of dead letters; null for successes
   */
  public long count(Reason reason) {
    return committed[place(reason)].sum();
  }

  /** How many rows have ended. */
  public long all() {
    return IntStream.rangeClosed(0, SUCCESS).mapToLong(place -> committed[place].sum()).sum();
  }

  private static int place(Reason reason) {
    return reason == null ? SUCCESS : reason.ordinal();
  }
}
