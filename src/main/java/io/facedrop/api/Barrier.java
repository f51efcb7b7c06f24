package io.facedrop.api;

import io.facedrop.api.GateState.Halt;
import io.facedrop.api.GateState.Outage;
import io.facedrop.api.GateState.Pause;
import io.facedrop.api.GateState.Reach;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
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
  private static final int NO_CREDITS = 402;
  private static final int WRONG_ADDRESS = 404;
  private static final String GOES_ON = "the API answers again, going on";

  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  /** Code 455 is maintenance, which lasts: its first pause is this much longer. */
  private static final int MAINTENANCE_FACTOR = 16;

  /** So much longer waits the next row after one that was lost to find out. */
  private static final int LOST_ROW_FACTOR = 10;

  private static final Duration LONGEST_ROW_WAIT = Duration.ofHours(12);

  private final GateLimits limits;
  private final KeptState kept;
  private final Clock clock;
  private final Failures failures = new Failures();

  /** Refusals in a row, by what was asked: the other kind's answers do not end them. */
  private final Map<RequestKind, Integer> refusals = new EnumMap<>(RequestKind.class);

  private final Map<Reach, Closing> outages = new EnumMap<>(Reach.class);
  private Closing pause;
  private Closing halt;
  private int notFound;
  private boolean refused;
  private String lastFailure = "";

  /** Begins where the store says that the last one ended. */
  Barrier(GateLimits limits, KeptState kept, Clock clock, long now) {
    this.limits = limits;
    this.kept = kept;
    this.clock = clock;
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

  // --- Who may leave ---

  /**
   * How one kind of request stands.
   *
   * @param waitNanos until one may leave; {@link Long#MAX_VALUE} for until something changes
   * @param probes the outages that it would find out about
   */
  private record Standing(long waitNanos, Set<Reach> probes, boolean canary) {
    static final Standing CLOSED = new Standing(Long.MAX_VALUE, Set.of(), false);

    boolean isOpen() {
      return waitNanos <= 0;
    }

    boolean findsOut() {
      return isOpen() && (canary || !probes.isEmpty());
    }
  }

  private Standing standing(RequestKind kind, long now, int inFlight) {
    if (inFlight >= (state().proven() ? limits.concurrency() : 1)) {
      return Standing.CLOSED;
    }
    Set<Reach> probes = EnumSet.noneOf(Reach.class);
    boolean canary = state().halt().covers(kind);
    long wait = pause == null ? 0 : pause.leftNanos(now);
    if (canary) {
      wait = Math.max(wait, left(halt, needsCredits(), now));
    }
    for (Map.Entry<Reach, Closing> outage : outages.entrySet()) {
      Reach reach = outage.getKey();
      if (reach.covers(kind)) {
        probes.add(reach);
        wait = Math.max(wait, left(outage.getValue(), isDoubtful(reach), now));
      }
    }
    return new Standing(wait, probes, canary);
  }

  /** Nanoseconds until one may go to find out whether it can open. */
  private static long left(Closing closing, boolean asks, long now) {
    long left = closing.leftNanos(now);
    boolean waitsForAnswer = left <= 0 && asks && !closing.isAnswered();
    return closing.isProbed() || waitsForAnswer ? Long.MAX_VALUE : left;
  }

  private boolean needsCredits() {
    return state().halt().code() == NO_CREDITS;
  }

  private boolean isDoubtful(Reach reach) {
    return state().outages().get(reach).doubtful();
  }

  /** Whether nothing holds up anything, as nearly always. */
  private boolean isOpen() {
    return pause == null && halt == null && outages.isEmpty() && state().proven();
  }

  /** Nanoseconds until it lets anything through; not above 0 when it does so now. */
  long waitNanos(long now, int inFlight) {
    return Math.min(
        standing(RequestKind.CREATE, now, inFlight).waitNanos(),
        standing(RequestKind.QUERY, now, inFlight).waitNanos());
  }

  /** Leave for one request; null when nothing may leave now. */
  Permit permit(long now, int inFlight) {
    if (isOpen()) {
      return inFlight < limits.concurrency() ? Permit.open(now) : null;
    }
    Standing creates = standing(RequestKind.CREATE, now, inFlight);
    Standing queries = standing(RequestKind.QUERY, now, inFlight);
    if (!creates.isOpen() && !queries.isOpen()) {
      return null;
    }
    boolean alike =
        creates.probes().equals(queries.probes()) && creates.canary() == queries.canary();
    RequestKind first =
        creates.isOpen() && queries.isOpen() && alike
            ? null
            : creates.findsOut()
                ? RequestKind.CREATE
                : queries.findsOut() ? RequestKind.QUERY : null;
    Set<Reach> probes = EnumSet.noneOf(Reach.class);
    probes.addAll(creates.isOpen() ? creates.probes() : Set.of());
    probes.addAll(queries.isOpen() ? queries.probes() : Set.of());
    boolean canary = creates.isOpen() && creates.canary() || queries.isOpen() && queries.canary();
    probes.forEach(reach -> outages.get(reach).probe());
    if (canary) {
      halt.probe();
    }
    return new Permit(
        now, creates.isOpen(), queries.isOpen(), first, probes, canary, !state().proven());
  }

  /** Whether a request may still leave by a permit, for what has happened since it was issued. */
  boolean mayLeave(Permit permit, RequestKind kind, long now) {
    boolean paused = pause != null && pause.leftNanos(now) > 0 && pause.isAfter(permit);
    boolean halted = state().halt().covers(kind) && halt.isAfter(permit);
    return !paused
        && !halted
        && outages.entrySet().stream()
            .noneMatch(out -> out.getKey().covers(kind) && out.getValue().isAfter(permit));
  }

  // --- The account, which is free to ask ---

  /** Whether the account is to be asked before a row may find out anything. */
  boolean wantsAccount(long now) {
    boolean paused = pause != null && pause.leftNanos(now) > 0;
    return !isOpen()
        && !paused
        && (halt != null && needsCredits() && awaitsAnswer(halt, now)
            || outages.entrySet().stream()
                .anyMatch(out -> isDoubtful(out.getKey()) && awaitsAnswer(out.getValue(), now)));
  }

  private static boolean awaitsAnswer(Closing closing, long now) {
    return closing.leftNanos(now) <= 0 && !closing.isProbed() && !closing.isAnswered();
  }

  /**
   * The account was asked.
   *
   * @param balance empty when nobody could read it
   */
  void account(OptionalDouble balance, long now) {
    if (halt != null && needsCredits() && awaitsAnswer(halt, now)) {
      if (balance.orElse(0) > 0) {
        halt.answer();
      } else {
        refused = true;
        canaryLater(limits.probeInterval(), now);
      }
    }
    for (Reach reach : EnumSet.copyOf(Set.of(Reach.values()))) {
      Closing outage = outages.get(reach);
      if (outage != null && isDoubtful(reach) && awaitsAnswer(outage, now)) {
        if (balance.isPresent()) {
          outage.answer();
        } else {
          Outage last = state().outages().get(reach);
          int level = last.level() + 1;
          Duration wait = limits.backoff().pause(level, ThreadLocalRandom.current());
          String cause = "outage, the account's balance cannot be read either";
          out(reach, new Outage(cause, true, level, 0, last.rowWait()), wait, now);
        }
      }
    }
  }

  // --- What requests bring back ---

  /** Takes the news of one request. */
  void take(Permit permit, long row, Signal signal, long now) {
    boolean sent = signal.kind() != Signal.Kind.UNUSED;
    Set<Reach> found = EnumSet.noneOf(Reach.class);
    for (Reach reach : permit.probes()) {
      Closing outage = outages.get(reach);
      if (outage != null && !outage.isAfter(permit)) {
        boolean used = sent && reach.covers(signal.request());
        outage.back(used);
        if (used) {
          found.add(reach);
        }
      }
    }
    if (permit.canary() && halt != null && !halt.isAfter(permit)) {
      halt.back(sent && state().halt().covers(signal.request()));
    }
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
    known(signal);
    lastFailure = "";
    notFound = 0;
    if (isOpen() && level() == 0) {
      return;
    }
    GateState next = state().withProof();
    boolean canary = next.halt().covers(signal.request()) && !halt.isAfter(permit);
    for (Reach reach : found) {
      outages.remove(reach);
      next = next.without(reach);
    }
    if (canary) {
      halt = null;
      next = next.with(Halt.NONE);
    }
    if (pause == null || !pause.isAfter(permit)) {
      pause = null;
      refusals.put(signal.request(), 0);
      next = next.with(new Pause(0, "", level()));
    }
    change(next, canary || !found.isEmpty() ? GOES_ON : "");
  }

  /** The API has answered: whatever it says, it can be reached. */
  private void known(Signal signal) {
    failures.end(signal.request());
  }

  private void notFound(Permit permit, Signal signal, Set<Reach> found, long now) {
    if (state().proven()) {
      answered(permit, signal, found);
    } else if (++notFound >= NOT_FOUND_LIMIT || state().halted()) {
      notFound = 0;
      known(signal);
      halt(permit, signal, now);
    }
  }

  private void refused(Permit permit, Signal signal, Backoff backoff, long now) {
    prove();
    known(signal);
    Duration asked =
        RetryAfter.read(signal.retryAfter(), clock, limits.maxPause()).orElse(Duration.ZERO);
    if (state().halt().covers(signal.request())) {
      if (!halt.isAfter(permit)) {
        canaryLater(longer(asked, limits.probeInterval()), now);
      }
    } else if (pause != null && pause.isAfter(permit)) {
      // It left before the gate closed: one refusal, not many. Only its wish for more time counts.
      extendPause(asked, now);
    } else {
      int level = refusals.merge(signal.request(), 1, Integer::sum);
      Duration wait = asked.isZero() ? backoff.pause(level, ThreadLocalRandom.current()) : asked;
      pause(
          shorter(wait, limits.maxPause()), "code " + signal.code() + ": " + signal.message(), now);
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
      if (!halt.isAfter(permit)) {
        canaryLater(limits.probeInterval(), now);
      }
      return;
    }
    if (!found.isEmpty()) {
      lastFailure = signal.message();
      found.forEach(reach -> stillOut(reach, signal, now));
    } else if (outages.keySet().stream().noneMatch(reach -> reach.covers(signal.request()))) {
      lastFailure = signal.message();
      count(row, signal, now);
    }
  }

  /** A row that fails again tells of itself, not of the API. */
  private void count(long row, Signal signal, long now) {
    if (signal.kind() == Signal.Kind.FAILURE && signal.again()) {
      return;
    }
    if (failures.areNone(signal.request()) && signal.code() == 0) {
      LOG.warn("a request came to nothing: {}", signal.message());
    }
    if (failures.add(signal, row) >= limits.tripAfter()) {
      boolean unreachable = signal.kind() == Signal.Kind.UNREACHABLE;
      boolean doubtful = failures.areDoubtful(signal.request());
      failures.end(signal.request());
      Duration wait = limits.backoff().pause(1, ThreadLocalRandom.current());
      Reach reach = unreachable ? Reach.ALL : Reach.of(signal.request());
      out(reach, new Outage(cause(signal), doubtful, 1, 0, 0), wait, now);
    }
  }

  /** What went to find out has failed too. */
  private void stillOut(Reach reach, Signal signal, long now) {
    Outage last = state().outages().get(reach);
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
    out(reach, new Outage(cause(signal), last.doubtful() || doubt, level, 0, rowWait), wait, now);
  }

  private static String cause(Signal signal) {
    return "outage, last seen: " + signal.message();
  }

  // --- Closing ---

  private void out(Reach reach, Outage outage, Duration wait, long now) {
    outages.put(reach, new Closing(now, now + wait.toNanos()));
    long until = Math.max(1, clock.millis() + wait.toMillis());
    Outage next =
        new Outage(outage.cause(), outage.doubtful(), outage.level(), until, outage.rowWait());
    change(
        state().with(reach, next),
        "pausing for "
            + wait.toMillis()
            + " ms: "
            + outage.cause()
            + (outage.rowWait() == 0 ? "" : "; then one more row tries, or resume at once"),
        outage.level() == 1);
  }

  private void pause(Duration wait, String cause, long now) {
    pause = new Closing(now, now + wait.toNanos());
    long until = Math.max(1, clock.millis() + wait.toMillis());
    change(
        state().with(new Pause(until, cause, level())),
        "pausing for " + wait.toMillis() + " ms: " + cause,
        true);
  }

  private void extendPause(Duration asked, long now) {
    long until = now + asked.toNanos();
    if (!asked.isZero() && asked.toNanos() > pause.leftNanos(now)) {
      pause.until(until);
      Pause last = state().pause();
      change(
          state().with(new Pause(clock.millis() + asked.toMillis(), last.cause(), last.level())),
          "");
    }
  }

  /** The longest row of refusals: what is kept. */
  private int level() {
    return refusals.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private void halt(Permit permit, Signal signal, long now) {
    boolean late = pause != null && pause.isAfter(permit) || halt != null && halt.isAfter(permit);
    if (late) {
      return;
    }
    known(signal);
    boolean first = !state().halted() || state().halt().code() != signal.code();
    refused = true;
    boolean creates = signal.code() == NO_CREDITS && signal.request() == RequestKind.CREATE;
    pause = null;
    outages.clear();
    halt = new Closing(now, now + limits.probeInterval().toNanos());
    GateState base = signal.code() == WRONG_ADDRESS ? state() : state().withProof();
    long at = clock.millis();
    Halt next =
        new Halt(
            signal.code(),
            signal.message(),
            creates,
            first ? at : state().halt().at(),
            at + limits.probeInterval().toMillis());
    change(base.open().with(next), first ? HaltAdvice.news(signal) : "", first);
  }

  private void canaryLater(Duration wait, long now) {
    halt.until(now + wait.toNanos());
    Halt last = state().halt();
    Halt next =
        new Halt(
            last.code(),
            last.message(),
            last.creates(),
            last.at(),
            clock.millis() + wait.toMillis());
    change(state().with(next), "");
  }

  /** The next canary goes at this time, if it is halted. */
  void canaryAt(long nanos) {
    if (halt != null) {
      halt.until(nanos);
    }
  }

  private void prove() {
    change(state().withProof(), "");
  }

  private void change(GateState next, String event) {
    change(next, event, false);
  }

  /**
   * @param closes whether it is news that closes, not that something closed still is
   */
  private void change(GateState next, String event, boolean closes) {
    if (!event.isEmpty() || !next.equals(state())) {
      kept.change(next, event, closes);
    }
  }

  // --- What others have changed ---

  /** Goes on with what is kept; times that were kept become monotonic ones. */
  void adopt(long now) {
    GateState state = state();
    for (RequestKind kind : RequestKind.values()) {
      refusals.put(kind, state.pause().level());
      failures.end(kind);
    }
    pause =
        state.pause().until() == 0 ? null : closing(state.pause().until(), limits.maxPause(), now);
    Duration longest = longer(limits.probeInterval(), limits.maxPause());
    halt = state.halted() ? closing(state.halt().probeAt(), longest, now) : null;
    outages.clear();
    state
        .outages()
        .forEach(
            (reach, out) ->
                outages.put(
                    reach,
                    closing(
                        out.probeAt(),
                        longer(limits.maxPause(), Duration.ofMillis(out.rowWait())),
                        now)));
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

  private static Duration shorter(Duration left, Duration right) {
    return left.compareTo(right) < 0 ? left : right;
  }
}
