package io.facedrop.api;

import io.facedrop.clock.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Time that passes when it is told to, and what happens in it, in one thread. */
final class MadeUpTime {
  static final long SECOND = 1_000_000_000L;

  private record Event(long at, long order, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private final SettableClock clock = new SettableClock(Instant.parse("2026-05-27T13:14:04Z"));
  private long now = SECOND;
  private long order;

  /** Monotonic, in nanoseconds. */
  long now() {
    return now;
  }

  /** The same, and a microsecond goes by: whoever looks twice sees two moments. */
  long look() {
    moveTo(now + 1_000);
    return now;
  }

  void at(long time, Runnable what) {
    events.add(new Event(time, order++, what));
  }

  /** Lets time pass, and all happen that is due meanwhile. */
  void pass(long nanos) {
    long end = now + nanos;
    while (!events.isEmpty() && events.peek().at() <= end) {
      happen();
    }
    moveTo(end);
  }

  /** The same up to the next that is due, if that comes before. */
  void passUntilNews(long nanos) {
    if (!events.isEmpty() && events.peek().at() - now <= nanos) {
      happen();
    } else {
      moveTo(now + nanos);
    }
  }

  private void happen() {
    Event next = events.remove();
    moveTo(next.at());
    next.what().run();
  }

  private void moveTo(long moment) {
    if (moment > now) {
      clock.forward(Duration.ofNanos(moment - now));
      now = moment;
    }
  }

  /** The machine's, which goes along. */
  Clock clock() {
    return clock;
  }

  Background background() {
    return new Background() {
      @Override
      public void run(Runnable task) {
        at(now, task);
      }

      @Override
      public void later(Duration delay, Runnable task) {
        at(now + delay.toNanos(), task);
      }

      @Override
      public void stop() {}
    };
  }
}
