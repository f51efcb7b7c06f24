package io.facedrop.api.pace;

/**
 * Another machine's clock, calculated from this machine's monotonic clock. The other machine sends
 * its time during a round trip, most likely in the middle. So the error is at most half of the
 * round trip.
 */
public final class ServerClock {
  /** Quartz is better than that; it tells for how long a short round trip is better than a new. */
  private static final long DRIFT_PER_MILLION = 100;

  private boolean isKnown;
  private long aheadNanos;
  private long errorNanos;
  private long heardNanos;

  /** It said so between two moments of the monotonic clock. */
  public void heard(long micros, long askedNanos, long answeredNanos) {
    long half = (answeredNanos - askedNanos) / 2;
    long ahead = micros * 1_000 - (askedNanos + half);
    long error = errorNanos + (answeredNanos - heardNanos) / 1_000_000 * DRIFT_PER_MILLION;
    boolean wasSet = Math.abs(ahead - aheadNanos) > half + error;
    if (!isKnown || half <= error || wasSet) {
      isKnown = true;
      aheadNanos = ahead;
      errorNanos = half;
      heardNanos = answeredNanos;
    }
  }

  public boolean isKnown() {
    return isKnown;
  }

  /** When it is so late there. */
  public long nanosAt(long micros) {
    return micros * 1_000 - aheadNanos;
  }
}
