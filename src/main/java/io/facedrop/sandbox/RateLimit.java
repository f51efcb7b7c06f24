package io.facedrop.sandbox;

import java.util.concurrent.atomic.AtomicLong;

/** A bucket of one second's requests that refills steadily. */
final class RateLimit {
  private static final long SECOND = 1_000_000_000L;

  private final long interval;
  private final long burst;
  private final AtomicLong earned = new AtomicLong(Long.MIN_VALUE);

  /** A limit of so many requests per second, or none where it is 0. */
  RateLimit(int requestsPerSecond) {
    interval = requestsPerSecond == 0 ? 0 : SECOND / requestsPerSecond;
    burst = interval * requestsPerSecond;
  }

  /** Whether a request at this moment, of {@link System#nanoTime()}, is within the limit. */
  boolean admits(long nanos) {
    if (interval == 0) {
      return true;
    }
    while (true) {
      long last = earned.get();
      long start = last == Long.MIN_VALUE ? nanos : Math.max(last, nanos);
      if (start + interval - nanos > burst) {
        return false;
      }
      if (earned.compareAndSet(last, start + interval)) {
        return true;
      }
    }
  }
}
