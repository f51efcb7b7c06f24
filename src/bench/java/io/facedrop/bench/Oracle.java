package io.facedrop.bench;

import io.facedrop.bench.endpoint.Durations;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A client that knows when each task ends: two requests a row, evenly at the rate, due queries
 * before creates.
 */
final class Oracle {
  private Oracle() {}

  /** From the first request to the last answer, which takes no time. */
  static double seconds(int rows, int rate, Durations durations) {
    LongSupplier millis = durations.inOrder();
    PriorityQueue<Long> ends = new PriorityQueue<>();
    long gap = TimeUnit.SECONDS.toNanos(1) / rate;
    long now = -gap;
    for (int created = 0; created < rows || !ends.isEmpty(); ) {
      now += gap;
      if (created == rows) {
        now = Math.max(now, ends.peek());
      }
      if (!ends.isEmpty() && ends.peek() <= now) {
        ends.remove();
      } else {
        created++;
        ends.add(now + TimeUnit.MILLISECONDS.toNanos(millis.getAsLong()));
      }
    }
    return now / 1e9;
  }
}
