package io.facedrop.api;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the news that requests bring back do to a gate: pauses, halts, outages and the proof of an
 * address. Neither locks nor waits: the gate calls it under its lock, with its monotonic {@code
 * now} in nanoseconds.
 */
final class Barrier {
  private static final int NOT_FOUND_LIMIT = 3;

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /** Code 455 is maintenance, which lasts: its first pause is this much longer. */
  private static final int MAINTENANCE_FACTOR = 16;

  private final GateLimits limits;
  private final KeptState kept;
  private final Clock clock;
  private final Failures failures = new Failures();

  private long closedNanos;
  private long pausedUntilNanos;
  private boolean closedToAll = true;
  private boolean probeIsOut;
  private long probeAtNanos;
  private int notFound;
  private boolean refused;
  private long unreachable;
  private String lastFailure = "";

  /** Begins where the store says that the last one ended. */
  Barrier(GateLimits limits, GateStore store, Clock clock, long now) {
    this.limits = limits;
    this.kept = new KeptState(store);
    this.clock = clock;
    closedNanos = now;
    adopt(now);
  }

  GateState state() {
    return kept.get();
  }

  String lastFailure() {
    return lastFailure;
  }

  /** Whether it is halted and this process has itself been refused. */
  boolean refusedHere() {
    return state().halted() && refused;
  }

  /** Nanoseconds until it lets anything through; not above 0 when it does so now. */
  long waitNanos(long now) {
    if (state().halted()) {
      return probeAtNanos - now;
    }
    return state().pausedUntil() == 0 || !closedToAll ? 0 : pausedUntilNanos - now;
  }

  /** How many requests may be in flight. */
  int concurrency() {
    boolean out = state().probing() && outage() == null;
    boolean careful = state().halted() || out || !state().proven();
    return careful ? 1 : limits.concurrency();
  }

  /** Leave for one request; while one kind is out, one at a time finds out whether it still is. */
  Permit permit(long now) {
    Signal.Request out = outage();
    boolean probe = out != null && !probeIsOut && pausedUntilNanos - now <= 0;
    probeIsOut |= probe;
    return new Permit(
        now, state().halted(), !state().proven(), probe ? out : null, probe ? null : out);
  }

  /** What is out while all else works; null for nothing, everything, or nobody knows. */
  private Signal.Request outage() {
    return state().probing() && !state().halted() ? failures.outage() : null;
  }

  /** Looks whether another process has opened or closed it. */
  void lookAtStore(long now) {
    boolean closedForNow = state().halted() || state().pausedUntil() != 0;
    if (closedForNow && kept.refreshed()) {
      adopt(now);
    }
  }

  void probeAt(long nanos) {
    probeAtNanos = nanos;
  }

  /** The account cannot pay yet: the canary waits for another interval. */
  void withoutCredits(long now) {
    if (state().halted()) {
      refused = true;
      probeLater(limits.probeInterval(), now);
    }
  }

  /** Takes the news of one request. */
  void take(Permit permit, long row, Signal signal, long now) {
    boolean late = permit.issuedNanos() - closedNanos < 0;
    if (permit.first() != null) {
      probeIsOut = false;
    }
    switch (signal.kind()) {
      case UNUSED -> {}
      case ANSWERED -> answered(late, permit, signal);
      case NOT_FOUND -> notFound(late, permit, signal, now);
      case REFUSED -> refused(late, signal, limits.backoff(), now);
      case MAINTENANCE -> refused(late, signal, maintenance(), now);
      case HALT -> halt(late, signal, now);
      case FAILURE -> failed(late, permit, row, signal, now);
      // That nothing can be reached is no row's fault, so each time counts.
      case UNREACHABLE -> failed(late, permit, --unreachable, signal, now);
    }
  }

  private void answered(boolean late, Permit permit, Signal signal) {
    failures.end(signal);
    lastFailure = "";
    notFound = 0;
    boolean told = state().halted() || state().probing();
    boolean elsewhere = outage() != null && permit.first() == null;
    if (late || elsewhere || (state().pausedUntil() == 0 && !told)) {
      prove();
    } else {
      failures.outageEnds();
      kept.change(state().open(), told ? "the API answers again, going on" : "");
    }
  }

  private void notFound(boolean late, Permit permit, Signal signal, long now) {
    if (state().proven()) {
      answered(late, permit, signal);
    } else if (++notFound >= NOT_FOUND_LIMIT || state().halted()) {
      notFound = 0;
      halt(false, signal, now);
    }
  }

  private void refused(boolean late, Signal signal, Backoff backoff, long now) {
    prove();
    failures.clear();
    Duration asked =
        RetryAfter.read(signal.retryAfter(), clock, limits.maxPause()).orElse(Duration.ZERO);
    if (late) {
      // It left before the gate closed: one refusal, not many. Only its wish for more time counts.
      extendPause(asked, now);
    } else if (state().halted()) {
      probeLater(longer(asked, limits.probeInterval()), now);
    } else {
      int level = state().level() + 1;
      Duration pause = asked.isZero() ? backoff.pause(level, ThreadLocalRandom.current()) : asked;
      pause(pause, "code " + signal.code() + ": " + signal.message(), false, now);
    }
  }

  private Backoff maintenance() {
    return new Backoff(
        limits.backoff().initial().multipliedBy(MAINTENANCE_FACTOR), limits.maxPause());
  }

  private void failed(boolean late, Permit permit, long row, Signal signal, long now) {
    if (signal.code() != 0) {
      prove();
    }
    if (late) {
      return;
    }
    if (state().halted()) {
      probeLater(limits.probeInterval(), now);
      return;
    }
    lastFailure = signal.message();
    if (failures.areNone(signal) && signal.code() == 0 && !state().probing()) {
      LOG.warn("a request came to nothing: {}", signal.message());
    }
    int failed = failures.add(signal, row);
    Signal.Request out = outage();
    boolean probe =
        state().probing() && (out == null || permit.first() != null && out == signal.request());
    if (probe || failed >= limits.tripAfter()) {
      if (!state().probing()) {
        failures.outageBegins(signal);
      } else if (out != signal.request()) {
        failures.outageEnds();
      }
      failures.end(signal);
      Duration pause = limits.backoff().pause(state().level() + 1, ThreadLocalRandom.current());
      pause(pause, "outage, last seen: " + signal.message(), true, now);
    }
  }

  private void pause(Duration asked, String cause, boolean outage, long now) {
    Duration pause = asked.compareTo(limits.maxPause()) < 0 ? asked : limits.maxPause();
    closedNanos = now;
    closedToAll = !outage || failures.outage() == null;
    pausedUntilNanos = now + pause.toNanos();
    long until = Math.max(1, clock.millis() + pause.toMillis());
    kept.change(
        state().paused(until, cause, outage, state().level() + 1),
        "pausing for " + pause.toMillis() + " ms: " + cause);
  }

  private void extendPause(Duration asked, long now) {
    long until = now + asked.toNanos();
    if (state().pausedUntil() != 0 && !asked.isZero() && until - pausedUntilNanos > 0) {
      pausedUntilNanos = until;
      long untilMillis = clock.millis() + asked.toMillis();
      kept.change(state().paused(untilMillis, state().pauseCause(), false, state().level()), "");
    }
  }

  private void halt(boolean late, Signal signal, long now) {
    if (late) {
      return;
    }
    boolean first = !state().halted();
    refused = true;
    closedNanos = now;
    probeAtNanos = now + limits.probeInterval().toNanos();
    GateState base = signal.code() == 404 ? state() : state().withProof();
    long at = clock.millis();
    kept.change(
        base.halted(
            signal.code(),
            signal.message(),
            first ? at : state().haltedAt(),
            at + limits.probeInterval().toMillis()),
        first ? HaltAdvice.news(signal) : "");
  }

  private void probeLater(Duration wait, long now) {
    probeAtNanos = now + wait.toNanos();
    GateState state = state();
    kept.change(
        state.halted(
            state.haltedCode(),
            state.haltMessage(),
            state.haltedAt(),
            clock.millis() + wait.toMillis()),
        "");
  }

  private void prove() {
    if (!state().proven()) {
      kept.change(state().withProof(), "");
    }
  }

  /** Times that were kept become monotonic ones. */
  private void adopt(long now) {
    closedToAll = true;
    failures.outageEnds();
    pausedUntilNanos = now + nanosUntil(state().pausedUntil(), limits.maxPause());
    probeAtNanos =
        now + nanosUntil(state().probeAt(), longer(limits.probeInterval(), limits.maxPause()));
  }

  /** More than the most says that the clock was set back since, so how much is left is unknown. */
  private long nanosUntil(long epochMillis, Duration most) {
    long left = Math.max(0, epochMillis - clock.millis());
    long unknown = Math.min(limits.backoff().longest().toMillis(), most.toMillis());
    return TimeUnit.MILLISECONDS.toNanos(left <= most.toMillis() ? left : unknown);
  }

  private static Duration longer(Duration left, Duration right) {
    return left.compareTo(right) > 0 ? left : right;
  }
}
