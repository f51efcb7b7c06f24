package io.facedrop.api;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Even spacing by the generic cell rate algorithm: no burst, no catching up, but a wake-up that
 * comes late may be made up for by 20 ms, so that the rate is reached.
 *
 * <p>Between its slot and its departure a request is claimed and written, which takes now longer,
 * now shorter. So it is also seen to that no second has more departures than its share.
 */
final class Pacer {
  private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /** So much of a window is left for what differs on the way to the API: 4 ms of a second. */
  private static final long PER_MILLE_ON_THE_WAY = 4;

  /** Of a rate above so many a second, less than a second is looked at. */
  private static final int MOST_KEPT = 8_192;

  private final long intervalNanos;

  /** When the last requests left, or were let as long as they have not; in turn. */
  private final long[] departures;

  private final long windowNanos;
  private long taken;
  private long left;
  private long nextSlotNanos = System.nanoTime();
  private long takenNanos;

  /**
   * @param intervalNanos between two slots; 0 without limit
   */
  Pacer(long intervalNanos) {
    this.intervalNanos = intervalNanos;
    departures = new long[inASecond(intervalNanos)];
    long share = departures.length * intervalNanos;
    windowNanos = share + share * PER_MILLE_ON_THE_WAY / 1_000;
    Arrays.fill(departures, nextSlotNanos - windowNanos);
  }

  private static int inASecond(long intervalNanos) {
    return intervalNanos == 0
        ? 0
        : (int) Math.max(1, Math.min(TimeUnit.SECONDS.toNanos(1) / intervalNanos, MOST_KEPT));
  }

  boolean isLimited() {
    return intervalNanos > 0;
  }

  long waitNanos(long now) {
    long slot = nextSlotNanos - now;
    return isLimited() ? Math.max(slot, departures[at(taken)] + windowNanos - now) : slot;
  }

  void take(long now) {
    long earliest = now - SLACK_NANOS;
    nextSlotNanos = (nextSlotNanos - earliest > 0 ? nextSlotNanos : earliest) + intervalNanos;
    takenNanos = now;
    if (isLimited()) {
      departures[at(taken++)] = now;
      left = Math.max(left, taken - departures.length);
    }
  }

  /** One that took a slot leaves, whichever it is. */
  void leave(long now) {
    if (left < taken) {
      departures[at(left++)] = now;
    }
  }

  /**
   * Gives back what was taken at this time and not used. When somebody has taken a later slot, it
   * is lost: two in one interval would be a burst.
   */
  void giveBack(long slot) {
    if (slot != takenNanos) {
      leave(slot);
    } else {
      nextSlotNanos -= intervalNanos;
      if (left < taken) {
        departures[at(--taken)] = slot - windowNanos;
      }
    }
  }

  private int at(long request) {
    return (int) (request % departures.length);
  }
}
