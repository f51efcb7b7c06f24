package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;
import io.facedrop.api.gate.GateState.Halt;
import io.facedrop.api.gate.GateState.Pause;
import io.facedrop.api.gate.GateState.Reach;
import io.facedrop.words.Span;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;

/**
 * What the news that requests bring back do to a gate: pauses, halts, outages and the proof of an
 * address. Neither locks nor waits: the gate calls it under its lock, with its monotonic {@code
 * now} in nanoseconds.
 */
public final class Barrier {
  private static final int NOT_FOUND_LIMIT = 3;
  private static final int NO_CREDITS = 402;
  private static final int TOO_MANY = 429;
  private static final int WRONG_ADDRESS = 404;

  /** Code 455 is maintenance, which lasts: its first pause is this much longer. */
  private static final int MAINTENANCE_FACTOR = 16;

  private final GateLimits limits;
  private final KeptState kept;
  private final Clock clock;
  private final Outages outages;

  /** Refusals in a row, by what was asked: the other kind's answers do not end them. */
  private final Map<RequestKind, Integer> refusals = new EnumMap<>(RequestKind.class);

  private final TooMany tooMany = new TooMany();
  private final Closings closings;
  private final StateAdoption adoption;
  private int notFound;
  private boolean refused;
  private String lastFailure = "";

  /**
   * Begins where the store says that the last one ended.
   *
   * @param keeper whether it is this process that finds out for all whether the gate can open
   */
  public Barrier(GateLimits limits, KeptState kept, Clock clock, BooleanSupplier keeper, long now) {
    this.limits = limits;
    this.kept = kept;
    this.clock = clock;
    this.closings = new Closings(limits.concurrency(), keeper);
    this.outages = new Outages(limits, kept, closings, clock);
    this.adoption = new StateAdoption(limits, closings, outages, clock);
    adopt(GateState.NEW, now);
  }

  public GateState state() {
    return kept.get();
  }

  public String lastFailure() {
    return lastFailure;
  }

  /** Whether it is halted and this process has itself been refused. */
  public boolean refusedHere() {
    return state().halted() && refused;
  }

  // --- Who may leave ---

  /** Nanoseconds until it lets one of this kind through; not above 0 when it does so now. */
  public long waitNanos(RequestKind kind, long now, int inFlight) {
    return closings.waitNanos(kind, state(), now, inFlight);
  }

  /** Leave for one request of the kinds that their pace allows; null when nothing may leave now. */
  public Permit permit(Set<RequestKind> paced, long now, int inFlight) {
    return closings.permit(state(), paced, now, inFlight);
  }

  /** Whether a request may still leave by a permit, for what has happened since it was issued. */
  public boolean mayLeave(Permit permit, RequestKind kind, long now) {
    return closings.mayLeave(permit, kind, state(), now);
  }

  // --- The account, which is free to ask ---

  /** Whether the account is to be asked before a row may find out anything. */
  public boolean wantsAccount(long now) {
    return closings.wantAccount(state(), now);
  }

  /**
   * The balance was queried.
   *
   * @param balance empty when the answer could not be read
   */
  public void account(OptionalDouble balance, long now) {
    if (closings.haltAwaitsAccount(state(), now)) {
      if (balance.orElse(0) > 0) {
        closings.halt.answer();
      } else {
        refused = true;
        canaryLater(limits.probeInterval(), now);
      }
    }
    outages.account(balance, now);
  }

  // --- What requests bring back ---

  /** Takes the news of one request. */
  public void take(Permit permit, long row, Signal signal, long now) {
    Set<Reach> found = closings.back(permit, signal, state());
    switch (signal.kind()) {
      case UNUSED -> {}
      case ANSWERED -> answered(permit, signal, found);
      case NOT_FOUND -> notFound(permit, signal, found, now);
      case REFUSED -> refused(permit, signal, limits.backoff(), now);
      case MAINTENANCE -> refused(permit, signal, maintenance(), now);
      case HALT -> halt(permit, signal, now);
      case FAILURE, DOUBT, UNREACHABLE -> failed(permit, row, signal, found, now);
    }
  }

  private void answered(Permit permit, Signal signal, Set<Reach> found) {
    outages.answered(signal.request());
    lastFailure = "";
    notFound = 0;
    if (closings.areNone(state()) && level() == 0) {
      return;
    }
    GateState before = state();
    GateState next = before.withProof();
    boolean canary = next.halt().covers(signal.request()) && !closings.halt.isAfter(permit);
    for (Reach reach : found) {
      closings.outages.remove(reach);
      next = next.without(reach);
    }
    if (canary) {
      closings.halt = null;
      next = next.with(Halt.NONE);
    }
    if (closings.pause == null || !closings.pause.isAfter(permit)) {
      closings.pause = null;
      refusals.put(signal.request(), 0);
      next = next.with(new Pause(0, "", level()));
    }
    kept.note(next, canary || !found.isEmpty() ? goesOn(signal.request(), before, next) : "");
  }

  private static String goesOn(RequestKind answered, GateState before, GateState next) {
    if (next.isClosed()) {
      return "the API answers " + answered.plural() + " again; the gate is not open for all yet";
    }
    boolean ofRoute = before.pauseCause().startsWith(Signal.STEP_FAILED);
    return ofRoute
        ? "the steps of the route work again, going on"
        : "the API answers again, going on";
  }

  private void notFound(Permit permit, Signal signal, Set<Reach> found, long now) {
    if (state().proven()) {
      answered(permit, signal, found);
    } else if (++notFound >= NOT_FOUND_LIMIT || state().halted()) {
      notFound = 0;
      outages.answered(signal.request());
      halt(permit, signal, now);
    }
  }

  private void refused(Permit permit, Signal signal, Backoff backoff, long now) {
    prove();
    outages.answered(signal.request());
    Duration asked =
        RetryAfter.read(signal.retryAfter(), clock, limits.maxPause()).orElse(Duration.ZERO);
    if (state().halt().covers(signal.request())) {
      if (!closings.halt.isAfter(permit)) {
        canaryLater(longer(asked, limits.probeInterval()), now);
      }
    } else if (closings.pause != null && closings.pause.isAfter(permit)) {
      // It left before the gate closed: one refusal, not many. Only its wish for more time counts.
      extendPause(asked, now);
    } else {
      int level = refusals.merge(signal.request(), 1, Integer::sum);
      Duration wait = asked.isZero() ? backoff.pause(level, ThreadLocalRandom.current()) : asked;
      String said = signal.message().isEmpty() ? "" : ": " + signal.message();
      boolean ofQueries = signal.request() == RequestKind.QUERY && !limits.isShared();
      String often = signal.code() == TOO_MANY ? tooMany.again(ofQueries, now) : "";
      pause(shorter(wait, limits.maxPause()), "code " + signal.code() + often + said, now);
    }
  }

  private Backoff maintenance() {
    return new Backoff(
        limits.backoff().initial().multipliedBy(MAINTENANCE_FACTOR), limits.maxPause());
  }

  private void failed(Permit permit, long row, Signal signal, Set<Reach> found, long now) {
    if (signal.code() != 0) {
      prove();
    }
    if (state().halt().covers(signal.request())) {
      if (!closings.halt.isAfter(permit)) {
        canaryLater(limits.probeInterval(), now);
      }
      return;
    }
    if (outages.failed(row, signal, found, now)) {
      lastFailure = signal.message();
    }
  }

  // --- Closing ---

  private void pause(Duration wait, String cause, long now) {
    closings.pause = new Closing(now, now + wait.toNanos());
    long until = Math.max(1, clock.millis() + wait.toMillis());
    kept.note(
        state().with(new Pause(until, cause, level())),
        "pausing for " + Span.elapsed(wait) + ": " + cause,
        true);
  }

  private void extendPause(Duration asked, long now) {
    long until = now + asked.toNanos();
    if (!asked.isZero() && asked.toNanos() > closings.pause.leftNanos(now)) {
      closings.pause.until(until);
      Pause last = state().pause();
      kept.note(
          state().with(new Pause(clock.millis() + asked.toMillis(), last.cause(), last.level())),
          "");
    }
  }

  /** The longest row of refusals: what is kept. */
  private int level() {
    return refusals.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private void halt(Permit permit, Signal signal, long now) {
    boolean late =
        closings.pause != null && closings.pause.isAfter(permit)
            || closings.halt != null && closings.halt.isAfter(permit);
    if (late) {
      return;
    }
    outages.answered(signal.request());
    boolean first = !state().halted() || state().halt().code() != signal.code();
    refused = true;
    boolean creates = signal.code() == NO_CREDITS && signal.request() == RequestKind.CREATE;
    closings.pause = null;
    closings.outages.clear();
    closings.halt = new Closing(now, now + limits.probeInterval().toNanos());
    GateState base = signal.code() == WRONG_ADDRESS ? state() : state().withProof();
    long at = clock.millis();
    Halt next =
        new Halt(
            signal.code(),
            signal.message(),
            creates,
            first ? at : state().halt().at(),
            at + limits.probeInterval().toMillis());
    kept.note(base.open().with(next), first ? HaltAdvice.news(signal) : "", first);
  }

  private void canaryLater(Duration wait, long now) {
    closings.halt.until(now + wait.toNanos());
    Halt last = state().halt();
    Halt next =
        new Halt(
            last.code(),
            last.message(),
            last.creates(),
            last.at(),
            clock.millis() + wait.toMillis());
    kept.note(state().with(next), "");
  }

  /** The next canary goes at this time, if it is halted, from whichever process sends it. */
  public void canaryAt(long nanos) {
    if (closings.halt == null) {
      return;
    }
    if (kept.isShared()) {
      canaryLater(Duration.ZERO, nanos);
    } else {
      closings.halt.until(nanos);
    }
  }

  private void prove() {
    kept.note(state().withProof(), "");
  }

  // --- What others have changed ---

  /** Goes on with what is kept, which was another state before. */
  public void adopt(GateState before, long now) {
    GateState state = state();
    if (state.pause().level() != before.pause().level()) {
      for (RequestKind kind : RequestKind.values()) {
        refusals.put(kind, state.pause().level());
      }
    }
    adoption.adopt(before, state, now);
  }

  private static Duration longer(Duration left, Duration right) {
    return left.compareTo(right) > 0 ? left : right;
  }

  private static Duration shorter(Duration left, Duration right) {
    return left.compareTo(right) < 0 ? left : right;
  }
}
