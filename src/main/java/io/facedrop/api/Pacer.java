package io.facedrop.api;

import java.util.concurrent.TimeUnit;

/**
 * Even spacing by the generic cell rate algorithm: no burst, no catching up, but a wake-up that
 * comes late may be made up for by 20 ms, so that the rate is reached.
 */
final class Pacer {
  private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final long intervalNanos;
  private long nextSlotNanos = System.nanoTime();
  private long takenNanos;

  Pacer(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  long waitNanos(long now) {
    return nextSlotNanos - now;
  }

  void take(long now) {
    long earliest = now - SLACK_NANOS;
    nextSlotNanos = (nextSlotNanos - earliest > 0 ? nextSlotNanos : earliest) + intervalNanos;
    takenNanos = now;
  }

  /**
   * Gives back what was taken at this time and not used. When somebody has taken a later slot, it
   * is lost: two in one interval would be a burst.
   */
  void giveBack(long taken) {
    if (taken == takenNanos) {
      nextSlotNanos -= intervalNanos;
    }
  }
}
