package io.facedrop.clock;

import io.facedrop.words.Span;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clock that never jumps: it begins at the machine's time, or the database's, and goes on with
 * {@link System#nanoTime()}. When somebody sets the machine's clock, it follows by going a tenth
 * faster or slower, so that no age or due time of what is under way is off by more than that.
 */
public final class SteadyClock extends Clock {
  private static final Logger LOG = LoggerFactory.getLogger(SteadyClock.class);
  private static final long SHARE = 10;
  private static final long WORTH_TELLING = TimeUnit.MINUTES.toNanos(1);

  /** Nobody can read two clocks at once; what lies within this is the same time. */
  private static final long SAME = TimeUnit.SECONDS.toNanos(1);

  private final Clock machine;
  private final LongSupplier nanoTime;
  private long readAt;
  private long now;
  private long told;

  public SteadyClock() {
    this(Clock.systemUTC());
  }

  /** One that follows this clock as its machine's. */
  public SteadyClock(Clock machine) {
    this(machine, System::nanoTime);
  }

  SteadyClock(Clock machine, LongSupplier nanoTime) {
    this.machine = machine;
    this.nanoTime = nanoTime;
    this.readAt = nanoTime.getAsLong();
    this.now = epochNanos(machine.instant());
    this.told = now - readAt;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochSecond(0, read());
  }

  @Override
  public long millis() {
    return TimeUnit.NANOSECONDS.toMillis(read());
  }

  /**
   * A moment of this clock as the machine's clock now has it, or as it stands if that is earlier.
   * Rather too early than too late.
   *
   * @param moment epoch milliseconds, not in the future
   */
  public long earliest(long moment) {
    long here = read();
    long ahead = here - epochNanos(machine.instant());
    long age = Math.max(0, here - TimeUnit.MILLISECONDS.toNanos(moment));
    // It may have gone slower than the machine's all that time.
    long then = ahead <= SAME ? here - age : here - ahead - age - age / (SHARE - 1);
    return TimeUnit.NANOSECONDS.toMillis(then);
  }

  private synchronized long read() {
    long before = nanoTime.getAsLong();
    long set = epochNanos(machine.instant());
    long nanos = nanoTime.getAsLong();
    long passed = Math.max(0, nanos - readAt);
    now += passed;
    readAt = nanos;
    // A process that was held up in between knows nothing of the difference.
    if (nanos - before < SAME) {
      long most = passed / SHARE;
      now += Math.max(-most, Math.min(most, set - now));
      tell(set, set - nanos - told);
    }
    return now;
  }

  private void tell(long set, long jump) {
    if (Math.abs(jump) <= WORTH_TELLING) {
      return;
    }
    told += jump;
    LOG.warn(
        "the machine's clock was put {} by {}: it says {}, and facedrop {}. facedrop's own clock runs"
            + " a tenth {} until both agree, so nothing is lost; a restart adopts the machine's time",
        jump > 0 ? "forward" : "back",
        Span.spoken(Duration.ofNanos(Math.abs(jump)).plusMillis(500)),
        second(set),
        second(now),
        set > now ? "faster" : "slower");
  }

  private static Instant second(long epochNanos) {
    return Instant.ofEpochSecond(TimeUnit.NANOSECONDS.toSeconds(epochNanos));
  }

  private static long epochNanos(Instant instant) {
    return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
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
