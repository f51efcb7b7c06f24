package io.facedrop.command.live;

import io.facedrop.operator.Speed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How fast rows end, and how long the rest takes. The time of a single pause is left out. If pauses
 * recur, the speed is what the user gets: all rows of the last two minutes, by all of their time.
 */
public final class RowPace {
  private static final double NANOS = 1e9;
  private static final double STANDSTILL = 0.001;

  private final LongSupplier nanos;
  private final long startNanos;
  private final long settledBefore;
  private final Silence silence;
  private final Pauses pauses = new Pauses();
  private final Lately lately;
  private long lastNanos;
  private long hinderedNanos;

  /**
   * @param nanos monotonic, as {@link System#nanoTime()}
   */
  RowPace(Tallied start, LongSupplier nanos) {
    this.nanos = nanos;
    this.settledBefore = start.settled();
    this.startNanos = nanos.getAsLong();
    this.lastNanos = startNanos;
    this.silence = new Silence(settledBefore, startNanos);
    this.lately = new Lately(settledBefore, startNanos);
  }

  /** What is seen now has lasted since it was last asked. */
  void see(Moment now) {
    long present = nanos.getAsLong();
    if (now.hindrance().isThere()) {
      hinderedNanos += present - lastNanos;
    }
    pauses.see(now.hindrance(), lastNanos, present);
    lately.see(now.tally().settled(), present);
    lastNanos = present;
    silence.see(now.tally().settled(), present);
  }

  Duration elapsed() {
    return Duration.ofNanos(lastNanos - startNanos);
  }

  /** Rows a second. */
  double rate(Tallied now) {
    return pauses.recur()
        ? perSecond(lately.rows(now.settled()), lastNanos - lately.sinceNanos())
        : perSecond(now.settled() - settledBefore, lastNanos - startNanos - hinderedNanos);
  }

  private static double perSecond(long rows, long nanos) {
    return rows / Math.max(nanos / NANOS, STANDSTILL);
  }

  /** The same, for a forecast: of the last two minutes unless there was a single pause in them. */
  private Speed speed(Tallied now) {
    long since = lately.sinceNanos();
    if (pauses.recur()) {
      Duration lead = Duration.ofNanos(since - startNanos);
      return new Speed(rate(now), lead, pauses.openShare(since, lastNanos));
    }
    long going = pauses.endNanos(startNanos);
    double rate =
        going > since ? rate(now) : perSecond(lately.rows(now.settled()), lastNanos - since);
    return new Speed(rate, Duration.ofNanos(since - going), 1);
  }

  /**
   * How long the rest takes. It is empty where nothing can tell: while the gate is closed, for one
   * pause often follows another, when no row has ended for long, and when none could be sent yet.
   */
  Optional<Duration> left(Moment now) {
    Tallied tally = now.tally();
    boolean unreached = tally.requests() == 0 && !now.failure().isEmpty();
    if (now.hindrance().isThere() || unreached) {
      return Optional.empty();
    }
    return now.forecast()
        .apply(speed(tally))
        .filter(left -> !left.isZero())
        .filter(left -> !silence.belies(left, tally.rows() - tally.settled(), lastNanos));
  }
}
