package io.facedrop.api.gate;

import io.facedrop.api.gate.GateState.Halt;
import io.facedrop.api.gate.GateState.Outage;
import io.facedrop.api.gate.GateState.Reach;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Goes on with a state that another process has kept: its times become monotonic ones.
 *
 * <p>What closes anew is closed for every request whose permit was issued before. What is as it was
 * keeps what is known of it: since when it is closed, and whether a request finds out.
 */
final class StateAdoption {
  private final GateLimits limits;
  private final Closings closings;
  private final Outages outages;
  private final Clock clock;

  StateAdoption(GateLimits limits, Closings closings, Outages outages, Clock clock) {
    this.limits = limits;
    this.closings = closings;
    this.outages = outages;
    this.clock = clock;
  }

  void adopt(GateState before, GateState after, long now) {
    if (!after.pause().equals(before.pause())) {
      long until = after.pause().until();
      closings.pause = until == 0 ? null : closing(until, limits.maxPause(), now);
    }
    if (!after.halt().equals(before.halt())) {
      adopt(before.halt(), after.halt(), now);
    }
    for (Reach reach : Reach.values()) {
      Outage outage = after.outages().get(reach);
      if (!Objects.equals(before.outages().get(reach), outage)) {
        outages.adopt(reach, outage == null ? null : closing(outage, now));
      }
    }
  }

  private void adopt(Halt before, Halt after, long now) {
    if (after.code() == 0) {
      closings.halt = null;
      return;
    }
    Duration longest = longer(limits.probeInterval(), limits.maxPause());
    Closing halt = closing(after.probeAt(), longest, now);
    if (closings.halt != null && after.code() == before.code() && after.at() == before.at()) {
      // Of the same halt only the time of the next canary is another.
      closings.halt.until(now + halt.leftNanos(now));
    } else {
      closings.halt = halt;
    }
  }

  private Closing closing(Outage out, long now) {
    Duration longest = longer(limits.maxPause(), Duration.ofMillis(out.rowWait()));
    return closing(out.probeAt(), longest, now);
  }

  /** More than the most says that the clock was set back since, so how much is left is unknown. */
  private Closing closing(long epochMillis, Duration most, long now) {
    long left = Math.max(0, epochMillis - clock.millis());
    long unknown = Math.min(limits.backoff().longest().toMillis(), most.toMillis());
    return new Closing(
        now, now + TimeUnit.MILLISECONDS.toNanos(left <= most.toMillis() ? left : unknown));
  }

  private static Duration longer(Duration left, Duration right) {
    return left.compareTo(right) > 0 ? left : right;
  }
}
