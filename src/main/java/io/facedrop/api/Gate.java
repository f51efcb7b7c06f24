package io.facedrop.api;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every request passes here: evenly paced, at most {@code concurrency} in flight, none while the
 * gate is paused or halted.
 *
 * <ul>
 *   <li>A <em>pause</em> (429, 455, an outage) ends by itself.
 *   <li>A <em>halt</em> (401, 402, 505, and 404 from an address that never answered anything else)
 *       ends when a canary, one row every probe interval, gets through, or when somebody resumes.
 *   <li>After an outage, and until an address is proven, one row at a time goes out.
 * </ul>
 *
 * <p>Its state is kept in a {@link GateStore}, so a restart forgets neither a pause nor a halt.
 */
public final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int NO_CREDITS = 402;
  private static final int NOT_FOUND_LIMIT = 3;

  /** Code 455 is maintenance, which lasts: its first pause is this much longer. */
  private static final int MAINTENANCE_FACTOR = 16;

  /** Whether the account can pay, asked before a canary goes to a gate halted by code 402. */
  @FunctionalInterface
  public interface Credits {
    boolean available();
  }

  private final GateLimits limits;
  private final GateStore store;
  private final Credits credits;
  private final Clock clock;
  private final Pacer pacer;

  /** Only the first in the queue waits for the gate itself, or every slot would wake them all. */
  private final ReentrantLock queue = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<Long> failedRows = new HashSet<>();

  private GateState state;
  private long closedNanos = System.nanoTime();
  private long pausedUntilNanos;
  private long probeAtNanos;
  private int inFlight;
  private int notFound;
  private boolean canaryOut;
  private boolean refused;
  private boolean closed;

  /** A gate that starts where the store says the last one ended. */
  public Gate(GateLimits limits, GateStore store, Credits credits, Clock clock) {
    this.limits = limits;
    this.store = store;
    this.credits = credits;
    this.clock = clock;
    this.pacer = new Pacer(limits.intervalNanos());
    adopt(store.load());
  }

  /**
   * Leave to send one request, at once or not at all.
   *
   * @return null when it would have to be waited for
   */
  public Permit tryAcquire() {
    lock.lock();
    try {
      long now = System.nanoTime();
      return !closed && !state.halted() && waitNanos(now) <= 0 ? issue(now, false) : null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for leave to send one request.
   *
   * @return null when the gate is closed
   */
  public Permit acquire() throws InterruptedException {
    queue.lockInterruptibly();
    try {
      return first();
    } finally {
      queue.unlock();
    }
  }

  private Permit first() throws InterruptedException {
    while (true) {
      lock.lockInterruptibly();
      try {
        if (closed) {
          return null;
        }
        long now = System.nanoTime();
        long wait = waitNanos(now);
        if (wait > 0) {
          changed.awaitNanos(Math.min(wait, LOOK_NANOS));
          lookAtStore();
          continue;
        }
        if (state.haltedCode() != NO_CREDITS) {
          return issue(now, state.halted());
        }
        canaryOut = true;
      } finally {
        lock.unlock();
      }
      Permit canary = canaryIfCreditsAvailable();
      if (canary != null) {
        return canary;
      }
    }
  }

  /**
   * Takes the news that a request brought back; every permit comes back exactly once.
   *
   * @param row the row that it was for
   */
  public void report(Permit permit, long row, Signal signal) {
    lock.lock();
    try {
      inFlight--;
      canaryOut &= !permit.canary();
      take(permit, row, signal);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets a canary go at once if the gate is halted: somebody started us hoping that it can. */
  public void probeNow() {
    lock.lock();
    try {
      probeAtNanos = System.nanoTime();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  public GateState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the gate is halted and this process has itself been refused. */
  public boolean refused() {
    lock.lock();
    try {
      return state.halted() && refused;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long waitNanos(long now) {
    if (state.halted()) {
      return canaryOut || inFlight > 0 ? LOOK_NANOS : probeAtNanos - now;
    }
    if (state.pausedUntil() != 0 && pausedUntilNanos - now > 0) {
      return pausedUntilNanos - now;
    }
    int most = state.probing() || !state.proven() ? 1 : limits.concurrency();
    return inFlight >= most ? LOOK_NANOS : pacer.waitNanos(now);
  }

  private Permit issue(long now, boolean canary) {
    pacer.take(now);
    inFlight++;
    canaryOut |= canary;
    return new Permit(now, canary);
  }

  private Permit canaryIfCreditsAvailable() {
    boolean available = credits.available();
    lock.lock();
    try {
      canaryOut = false;
      long now = System.nanoTime();
      if (available && state.halted() && !closed) {
        return issue(now, true);
      }
      refused |= state.halted();
      probeAtNanos = now + limits.probeInterval().toNanos();
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void take(Permit permit, long row, Signal signal) {
    boolean late = permit.issuedNanos() - closedNanos < 0;
    switch (signal.kind()) {
      case UNUSED -> pacer.giveBack();
      case ANSWERED -> answered(late);
      case NOT_FOUND -> notFound(late, signal);
      case REFUSED -> refused(late, signal, limits.backoff());
      case MAINTENANCE -> refused(late, signal, maintenance());
      case HALT -> halt(late, signal);
      case FAILURE -> failed(late, row, signal);
    }
  }

  private void answered(boolean late) {
    failedRows.clear();
    notFound = 0;
    if (late || (state.pausedUntil() == 0 && !state.halted() && !state.probing())) {
      if (!state.proven()) {
        change(state.withProof(), "");
      }
      return;
    }
    boolean told = state.halted() || state.probing();
    change(state.open(), told ? "the API answers again, going on" : "");
  }

  private void notFound(boolean late, Signal signal) {
    if (state.proven()) {
      answered(late);
    } else if (++notFound >= NOT_FOUND_LIMIT || state.halted()) {
      notFound = 0;
      halt(false, signal);
    }
  }

  private void refused(boolean late, Signal signal, Backoff backoff) {
    Duration asked =
        RetryAfter.read(signal.retryAfter(), clock, limits.maxPause()).orElse(Duration.ZERO);
    if (late) {
      // It left before the gate closed: one refusal, not many. Only its wish for more time counts.
      extendPause(asked);
      return;
    }
    int level = state.level() + 1;
    Duration pause = asked.isZero() ? backoff.pause(level, ThreadLocalRandom.current()) : asked;
    pause(pause, "code " + signal.code() + ": " + signal.message(), false, level);
  }

  private Backoff maintenance() {
    return new Backoff(
        limits.backoff().initial().multipliedBy(MAINTENANCE_FACTOR), limits.maxPause());
  }

  private void failed(boolean late, long row, Signal signal) {
    if (signal.code() != 0 && !state.proven()) {
      change(state.withProof(), "");
    }
    if (late) {
      return;
    }
    if (state.halted()) {
      probeAtNanos = System.nanoTime() + limits.probeInterval().toNanos();
      return;
    }
    failedRows.add(row);
    if (state.probing() || failedRows.size() >= limits.tripAfter()) {
      failedRows.clear();
      int level = state.level() + 1;
      Duration pause = limits.backoff().pause(level, ThreadLocalRandom.current());
      pause(pause, "outage, last seen: " + signal.message(), true, level);
    }
  }

  private void pause(Duration asked, String cause, boolean outage, int level) {
    Duration pause = asked.compareTo(limits.maxPause()) < 0 ? asked : limits.maxPause();
    closedNanos = System.nanoTime();
    pausedUntilNanos = closedNanos + pause.toNanos();
    long until = Math.max(1, clock.millis() + pause.toMillis());
    change(
        state.paused(until, cause, outage, level),
        "pausing for " + pause.toMillis() + " ms: " + cause);
  }

  private void extendPause(Duration asked) {
    long until = System.nanoTime() + asked.toNanos();
    if (state.pausedUntil() != 0 && !asked.isZero() && until - pausedUntilNanos > 0) {
      pausedUntilNanos = until;
      change(
          state.paused(clock.millis() + asked.toMillis(), state.pauseCause(), false, state.level()),
          "");
    }
  }

  private void halt(boolean late, Signal signal) {
    if (late && !state.halted()) {
      return;
    }
    refused = true;
    boolean first = !state.halted();
    long now = clock.millis();
    closedNanos = System.nanoTime();
    probeAtNanos = closedNanos + limits.probeInterval().toNanos();
    GateState proven = signal.code() == 404 ? state : state.withProof();
    change(
        proven.halted(
            signal.code(),
            signal.message(),
            first ? now : state.haltedAt(),
            now + limits.probeInterval().toMillis()),
        first
            ? "halted by code "
                + signal.code()
                + " ("
                + signal.message()
                + "): "
                + HaltAdvice.of(signal.code())
            : "");
  }

  private void change(GateState next, String event) {
    state = next;
    if (!event.isEmpty()) {
      LOG.warn("gate: {}", event);
    }
    try {
      store.save(next, event);
    } catch (RuntimeException e) {
      LOG.error("gate: its state could not be kept: {}", e.getMessage());
    }
  }

  private void lookAtStore() {
    boolean closedForNow = state.halted() || state.pausedUntil() != 0;
    if (closedForNow && store.revision() != state.revision()) {
      adopt(store.load());
      LOG.info("gate: taken over from the ledger, {}", state.halted() ? "halted" : "open");
    }
  }

  /** Wall-clock times become monotonic ones, bounded in case the clock has jumped. */
  private void adopt(GateState kept) {
    state = kept;
    long now = System.nanoTime();
    pausedUntilNanos = now + nanosUntil(kept.pausedUntil(), limits.maxPause());
    probeAtNanos = now + nanosUntil(kept.probeAt(), limits.probeInterval());
  }

  private long nanosUntil(long epochMillis, Duration most) {
    long millis = Math.min(epochMillis - clock.millis(), most.toMillis());
    return TimeUnit.MILLISECONDS.toNanos(Math.max(0, millis));
  }
}
