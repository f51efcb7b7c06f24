package io.facedrop.command.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * When something kept rows from going on lately. One pause is an accident, whose time is no part of
 * the speed. If pauses recur, that is how it goes: then their time counts.
 */
final class Pauses {
  static final Duration LATELY = Duration.ofMinutes(2);

  private final Deque<Span> spans = new ArrayDeque<>();
  private Hindrance last = Hindrance.NONE;

  private record Span(long fromNanos, long toNanos) {
    long nanosSince(long nanos) {
      return Math.max(0, toNanos - Math.max(fromNanos, nanos));
    }
  }

  /**
   * What is seen now.
   *
   * @param lastNanos when it was last looked; what is seen now has lasted since then
   */
  void see(Hindrance now, long lastNanos, long nanos) {
    if (now.isThere()) {
      // What came between two pauses may have been too short to be seen.
      boolean same = last.isThere() && last.identity().equals(now.identity());
      spans.addLast(new Span(same ? spans.removeLast().fromNanos() : lastNanos, nanos));
    }
    last = now;
    spans.removeIf(span -> nanos - span.toNanos() >= LATELY.toNanos());
  }

  /** Whether two pauses or more have been there lately. */
  boolean recur() {
    return spans.size() > 1;
  }

  /** When the last one of lately ended, or is still seen; the given moment when there was none. */
  long endNanos(long otherwise) {
    return spans.isEmpty() ? otherwise : spans.getLast().toNanos();
  }

  /** How much of the time since a moment was not paused. */
  double openShare(long sinceNanos, long nanos) {
    long closed = spans.stream().mapToLong(span -> span.nanosSince(sinceNanos)).sum();
    double all = Math.max(1, nanos - sinceNanos);
    return (all - closed) / all;
  }
}
