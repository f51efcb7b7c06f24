package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;
import io.facedrop.api.gate.GateState.Outage;
import io.facedrop.api.gate.GateState.Reach;
import io.facedrop.words.Span;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When failures in a row are an outage, and how long the gate pauses for one that lasts. */
public final class Outages {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /** So much longer waits the next row after one that was lost to find out. */
  private static final int LOST_ROW_FACTOR = 10;

  private static final String NOR_BALANCE = "; the account's balance cannot be read either";

  private static final Duration LONGEST_ROW_WAIT = Duration.ofHours(12);

  private final GateLimits limits;
  private final KeptState kept;
  private final Closings closings;
  private final Clock clock;
  private final Failures failures = new Failures();

  public Outages(GateLimits limits, KeptState kept, Closings closings, Clock clock) {
    this.limits = limits;
    this.kept = kept;
    this.closings = closings;
    this.clock = clock;
  }

  /**
   * The balance was queried before a row may probe.
   *
   * @param balance empty when the answer could not be read
   */
  public void account(OptionalDouble balance, long now) {
    for (Reach reach : Reach.values()) {
      if (closings.awaitsAccount(reach, kept.get(), now)) {
        account(balance, reach, now);
      }
    }
  }

  private void account(OptionalDouble balance, Reach reach, long now) {
    if (balance.isPresent()) {
      closings.outages.get(reach).answer();
      return;
    }
    Outage last = kept.get().outages().get(reach);
    int level = last.level() + 1;
    Duration wait = limits.backoff().pause(level, ThreadLocalRandom.current());
    String cause = last.cause().endsWith(NOR_BALANCE) ? last.cause() : last.cause() + NOR_BALANCE;
    out(reach, new Outage(cause, true, level, 0, last.rowWait()), wait, now);
  }

  /**
   * Adopts what another process has found out, and counts failures from zero.
   *
   * @param outage null when it is over
   */
  public void adopt(Reach reach, Closing outage) {
    if (outage == null) {
      closings.outages.remove(reach);
    } else {
      closings.outages.put(reach, outage);
    }
    for (RequestKind kind : RequestKind.values()) {
      if (reach.covers(kind)) {
        failures.end(kind);
      }
    }
  }

  /** The API has answered this kind of request, with any code, so it can be reached. */
  public void answered(RequestKind kind) {
    failures.end(kind);
  }

  /**
   * A request failed.
   *
   * @param found the outages that it probed
   * @return whether the failure is news
   */
  public boolean failed(long row, Signal signal, Set<Reach> found, long now) {
    boolean isOut =
        closings.outages.keySet().stream().anyMatch(reach -> reach.covers(signal.request()));
    if (!found.isEmpty()) {
      found.forEach(reach -> stillOut(reach, signal, now));
    } else if (!isOut) {
      count(row, signal, now);
    }
    return !found.isEmpty() || !isOut;
  }

  /** A row that fails again tells of itself, not of the API. */
  private void count(long row, Signal signal, long now) {
    if (signal.kind() == Signal.Kind.FAILURE && signal.again()) {
      return;
    }
    if (failures.areNone(signal.request()) && signal.code() == 0) {
      LOG.warn("request failed: {}", signal.message());
    }
    if (failures.add(signal, row) >= limits.tripAfter()) {
      boolean unreachable = signal.kind() == Signal.Kind.UNREACHABLE;
      boolean doubtful = failures.areDoubtful(signal.request());
      failures.end(signal.request());
      Duration wait = limits.backoff().pause(1, ThreadLocalRandom.current());
      Reach reach = unreachable ? Reach.ALL : Reach.of(signal.request());
      out(reach, new Outage(cause(reach, signal), doubtful, 1, 0, 0), wait, now);
    }
  }

  /** What went to find out has failed too. */
  private void stillOut(Reach reach, Signal signal, long now) {
    Outage last = kept.get().outages().get(reach);
    boolean doubt = signal.kind() == Signal.Kind.DOUBT;
    boolean lost = doubt && signal.request() == RequestKind.CREATE;
    // Of a row that has failed before nothing new was learnt.
    int level = last.level() + (signal.again() && !doubt ? 0 : 1);
    Duration wait = limits.backoff().pause(level, ThreadLocalRandom.current());
    long rowWait = last.rowWait();
    if (lost) {
      long first = limits.backoff().initial().toMillis();
      long next = LOST_ROW_FACTOR * Math.max(first, rowWait);
      rowWait = Math.min(next, LONGEST_ROW_WAIT.toMillis());
      wait = longer(wait, Duration.ofMillis(rowWait));
    }
    out(
        reach,
        new Outage(cause(reach, signal), last.doubtful() || doubt, level, 0, rowWait),
        wait,
        now);
  }

  /** A step of the routes that fails says nothing of the API. */
  private static String cause(Reach reach, Signal signal) {
    if (signal.message().startsWith(Signal.STEP_FAILED)) {
      return signal.message();
    }
    String kind = reach == Reach.ALL ? "" : " of " + signal.request().plural();
    return Outage.BEGINS + kind + ", last seen: " + signal.message();
  }

  private void out(Reach reach, Outage outage, Duration wait, long now) {
    closings.outages.put(reach, new Closing(now, now + wait.toNanos()));
    long until = Math.max(1, clock.millis() + wait.toMillis());
    Outage next =
        new Outage(outage.cause(), outage.doubtful(), outage.level(), until, outage.rowWait());
    kept.note(
        kept.get().with(reach, next),
        "pausing for "
            + Span.elapsed(wait)
            + ": "
            + outage.cause()
            + (outage.rowWait() == 0 ? "" : "; then one more row tries, or resume at once"),
        outage.level() == 1);
  }

  private static Duration longer(Duration left, Duration right) {
    return left.compareTo(right) > 0 ? left : right;
  }
}
