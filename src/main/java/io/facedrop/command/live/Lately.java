package io.facedrop.command.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/** How many rows had ended at moments of the last two minutes, of the work at most. */
final class Lately {
  private static final long APART_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long settled, long nanos) {}

  Lately(long settled, long nanos) {
    samples.add(new Sample(settled, nanos));
  }

  /** What is seen now. */
  void see(long settled, long nanos) {
    if (nanos - samples.getLast().nanos() >= APART_NANOS) {
      samples.addLast(new Sample(settled, nanos));
    }
    while (samples.size() > 1 && isOld(second(), nanos)) {
      samples.removeFirst();
    }
  }

  private Sample second() {
    Iterator<Sample> first = samples.iterator();
    first.next();
    return first.next();
  }

  private static boolean isOld(Sample sample, long nanos) {
    return nanos - sample.nanos() >= Pauses.LATELY.toNanos();
  }

  long sinceNanos() {
    return samples.getFirst().nanos();
  }

  /** Rows that have ended in this time. */
  long rows(long settled) {
    return settled - samples.getFirst().settled();
  }
}
