package io.facedrop.api.pace;

import java.util.concurrent.TimeUnit;

/**
 * Even spacing by the generic cell rate algorithm (ITU-T I.371). Its only state is when the next
 * request may go, so there are no bursts and no lost permits.
 *
 * <p>A request after a late wake-up may be followed sooner. At 50 requests a second or more, up to
 * 20 ms may be made up, so a second has at most 20 ms of the rate too many. At lower rates, less
 * may be made up than the intervals of a second are lengthened by. So no second, wherever it
 * starts, has more requests than the rate.
 */
public final class Pacer implements Pace {
  private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private static final long SMALL_SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(3);
  private static final long PER_MILLE_LONGER = 4;

  /** In a second more than the small slack, with 5 ms for what differs on the way. */
  private static final long SLOW_PER_MILLE_LONGER = 8;

  private final long intervalNanos;
  private final long slackNanos;
  private long nextNanos;

  /**
   * @param intervalNanos between two requests; 0 without limit
   * @param now monotonic nanoseconds
   */
  public Pacer(long intervalNanos, long now) {
    boolean fast = intervalNanos <= SLACK_NANOS;
    long longer = fast ? PER_MILLE_LONGER : SLOW_PER_MILLE_LONGER;
    this.intervalNanos = intervalNanos + intervalNanos * longer / 1_000;
    this.slackNanos = fast ? SLACK_NANOS : SMALL_SLACK_NANOS;
    this.nextNanos = now;
  }

  @Override
  public boolean isLimited() {
    return intervalNanos > 0;
  }

  @Override
  public long waitNanos(long now) {
    return isLimited() ? nextNanos - now : 0;
  }

  @Override
  public long waitNanos(long now, int before) {
    return isLimited() ? nextNanos + before * intervalNanos - now : 0;
  }

  @Override
  public int placesIn(long nanos) {
    return isLimited() ? (int) Math.min(nanos / intervalNanos, Integer.MAX_VALUE) : 0;
  }

  @Override
  public void take(long now) {
    long earliest = now - slackNanos;
    nextNanos = (nextNanos - earliest > 0 ? nextNanos : earliest) + intervalNanos;
  }

  /** One that was let go does not go after all. */
  public void giveBack() {
    nextNanos -= intervalNanos;
  }
}
