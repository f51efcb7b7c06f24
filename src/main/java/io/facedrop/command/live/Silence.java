package io.facedrop.command.live;

import java.time.Duration;

/** How long no row has ended, and whether a forecast can still be true after that. */
final class Silence {
  /** The rest may take so much longer than forecast before it is doubted. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private static final Duration LONG = Duration.ofMinutes(1);

  /** So many rows should have ended meanwhile. */
  private static final int MISSED = 10;

  private long settled;
  private long sinceNanos;
  private Duration shortest;

  Silence(long settled, long nanos) {
    begin(settled, nanos);
  }

  private void begin(long rows, long nanos) {
    settled = rows;
    sinceNanos = nanos;
    shortest = null;
  }

  /** What is seen now. */
  void see(long rows, long nanos) {
    if (rows != settled) {
      begin(rows, nanos);
    }
  }

  /**
   * Whether a forecast is doubtful: the whole rest should have ended by then, or many of its rows.
   * One that grows while nothing ends is no better than the first.
   *
   * @param rows that are left
   */
  boolean belies(Duration forecast, long rows, long nanos) {
    shortest = shortest == null || forecast.compareTo(shortest) < 0 ? forecast : shortest;
    Duration silence = Duration.ofNanos(nanos - sinceNanos);
    Duration many = shortest.multipliedBy(MISSED).dividedBy(Math.max(1, rows));
    return silence.compareTo(shortest.plus(GRACE)) > 0
        || silence.compareTo(many.compareTo(LONG) > 0 ? many : LONG) > 0;
  }
}
