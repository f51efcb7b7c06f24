package io.facedrop.command.live;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How fast rows end while nothing keeps them from it, and how long the rest takes. */
public final class RowPace {
  private static final double NANOS = 1e9;
  private static final double STANDSTILL = 0.001;

  private final LongSupplier nanos;
  private final long startNanos;
  private final long settledBefore;
  private final Silence silence;
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
  }

  /** What is seen now has lasted since it was last asked. */
  void see(Moment now) {
    long present = nanos.getAsLong();
    if (now.hindrance().isThere()) {
      hinderedNanos += present - lastNanos;
    }
    lastNanos = present;
    silence.see(now.tally().settled(), present);
  }

  Duration elapsed() {
    return Duration.ofNanos(lastNanos - startNanos);
  }

  /** Rows a second, of the time in which nothing kept them from ending. */
  double rate(Tallied now) {
    double seconds = (lastNanos - startNanos - hinderedNanos) / NANOS;
    return (now.settled() - settledBefore) / Math.max(seconds, STANDSTILL);
  }

  /**
   * How long the rest takes. It is empty where nothing can tell: while the gate is closed, for one
   * pause often follows another, and when no row has ended for long.
   */
  Optional<Duration> left(Moment now) {
    if (now.hindrance().isThere()) {
      return Optional.empty();
    }
    Tallied tally = now.tally();
    return now.forecast()
        .get()
        .or(() -> atPace(tally))
        .filter(left -> !left.isZero())
        .filter(left -> !silence.belies(left, tally.rows() - tally.settled(), lastNanos));
  }

  private Optional<Duration> atPace(Tallied now) {
    long left = now.rows() - now.settled();
    double rate = rate(now);
    return left == now.awaiting() || rate < STANDSTILL
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds((long) Math.ceil(left / rate)));
  }
}
