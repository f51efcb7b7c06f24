package io.facedrop.ledger.postgres;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The time of the database's server, which all processes share, carried on by the monotonic clock
 * between two looks at it. The machine's own clock does not matter.
 */
final class ServerTime extends Clock {
  private final LongSupplier nanos;

  /** Epoch nanoseconds at monotonic zero. */
  private volatile long origin;

  /**
   * @param nanos monotonic, as {@link System#nanoTime()}
   * @param epochMillis that the server has said
   * @param asked monotonic time before that
   * @param answered monotonic time after that
   */
  ServerTime(LongSupplier nanos, long epochMillis, long asked, long answered) {
    this.nanos = nanos;
    this.origin = origin(epochMillis, asked, answered);
  }

  private static long origin(long epochMillis, long asked, long answered) {
    return TimeUnit.MILLISECONDS.toNanos(epochMillis) - asked - (answered - asked) / 2;
  }

  /** The server was asked again: that counts where it contradicts what was known. */
  void seen(long epochMillis, long asked, long answered) {
    long next = origin(epochMillis, asked, answered);
    long doubt = (answered - asked) / 2 + TimeUnit.MILLISECONDS.toNanos(1);
    if (Math.abs(next - origin) > doubt) {
      origin = next;
    }
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, origin + nanos.getAsLong());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  /**
   * Not needed, and so not there.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("facedrop's times are in UTC");
  }
}
