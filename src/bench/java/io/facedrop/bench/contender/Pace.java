package io.facedrop.bench.contender;

import java.util.concurrent.TimeUnit;

/** Lets one request leave after another, evenly. */
final class Pace {
  private final long gapNanos;
  private long next = System.nanoTime();

  Pace(int perSecond) {
    gapNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  /** Waits until the next request may leave. A turn that nobody took is lost: there is no burst. */
  synchronized void await() throws InterruptedException {
    long turn = Math.max(next, System.nanoTime());
    next = turn + gapNanos;
    for (long wait = turn - System.nanoTime(); wait > 0; wait = turn - System.nanoTime()) {
      TimeUnit.NANOSECONDS.sleep(wait);
    }
  }
}
