package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;
import io.facedrop.api.gate.GateState.Reach;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What of a gate is closed by the monotonic clock, who may leave, and who finds out whether it can
 * open: the times that belong to a {@link GateState}.
 */
public final class Closings {
  private static final int NO_CREDITS = 402;

  private final int concurrency;
  private final BooleanSupplier keeper;
  public final Map<Reach, Closing> outages = new EnumMap<>(Reach.class);

  /** Null for none. */
  public Closing pause;

  /** Null for none. */
  public Closing halt;

  /**
   * @param keeper whether it is this process that finds out for all whether the gate can open
   */
  public Closings(int concurrency, BooleanSupplier keeper) {
    this.concurrency = concurrency;
    this.keeper = keeper;
  }

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

  /** How a kind stands that the pace does not hold up. */
  private Standing standing(RequestKind kind, GateState state, long now, int inFlight) {
    if (inFlight >= (state.proven() ? concurrency : 1)) {
      return Standing.CLOSED;
    }
    Set<Reach> probes = EnumSet.noneOf(Reach.class);
    boolean canary = state.halt().covers(kind);
    if (canary && state.halt().isForOperator()) {
      return Standing.CLOSED;
    }
    long wait = pause == null ? 0 : pause.leftNanos(now);
    if (canary) {
      wait = Math.max(wait, left(halt, needsCredits(state), now));
    }
    for (Map.Entry<Reach, Closing> outage : outages.entrySet()) {
      Reach reach = outage.getKey();
      if (reach.covers(kind)) {
        probes.add(reach);
        wait = Math.max(wait, left(outage.getValue(), isDoubtful(reach, state), now));
      }
    }
    boolean findsOut = canary || !probes.isEmpty() || !state.proven();
    if (findsOut && !keeper.getAsBoolean()) {
      return Standing.CLOSED;
    }
    return new Standing(wait, probes, canary);
  }

  private Standing standing(
      RequestKind kind, Set<RequestKind> paced, GateState state, long now, int inFlight) {
    return paced.contains(kind) ? standing(kind, state, now, inFlight) : Standing.CLOSED;
  }

  /** Nanoseconds until one may go to find out whether it can open. */
  private static long left(Closing closing, boolean asks, long now) {
    long left = closing.leftNanos(now);
    boolean waitsForAnswer = left <= 0 && asks && !closing.isAnswered();
    return closing.isProbed() || waitsForAnswer ? Long.MAX_VALUE : left;
  }

  private static boolean needsCredits(GateState state) {
    return state.halt().code() == NO_CREDITS;
  }

  private static boolean isDoubtful(Reach reach, GateState state) {
    return state.outages().get(reach).doubtful();
  }

  /** Whether nothing holds up anything, as nearly always. */
  public boolean areNone(GateState state) {
    return pause == null && halt == null && outages.isEmpty() && state.proven();
  }

  /** Nanoseconds until it lets one of this kind through; not above 0 when it does so now. */
  public long waitNanos(RequestKind kind, GateState state, long now, int inFlight) {
    return standing(kind, state, now, inFlight).waitNanos();
  }

  /**
   * Leave for one request; null when nothing may leave now.
   *
   * @param paced the kinds that their pace allows
   */
  public Permit permit(GateState state, Set<RequestKind> paced, long now, int inFlight) {
    if (areNone(state)) {
      return inFlight < concurrency ? Permit.open(paced, now) : null;
    }
    Standing creates = standing(RequestKind.CREATE, paced, state, now, inFlight);
    Standing queries = standing(RequestKind.QUERY, paced, state, now, inFlight);
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
        now, creates.isOpen(), queries.isOpen(), first, probes, canary, !state.proven());
  }

  /** Whether a request may still leave by a permit, for what has happened since it was issued. */
  public boolean mayLeave(Permit permit, RequestKind kind, GateState state, long now) {
    boolean paused = pause != null && pause.leftNanos(now) > 0 && pause.isAfter(permit);
    boolean halted = state.halt().covers(kind) && halt.isAfter(permit);
    return !paused
        && !halted
        && outages.entrySet().stream()
            .noneMatch(out -> out.getKey().covers(kind) && out.getValue().isAfter(permit));
  }

  /** Whether the account is to be asked before a row may find out anything. */
  public boolean wantAccount(GateState state, long now) {
    boolean paused = pause != null && pause.leftNanos(now) > 0;
    return !areNone(state)
        && !paused
        && keeper.getAsBoolean()
        && (haltAwaitsAccount(state, now)
            || outages.keySet().stream().anyMatch(reach -> awaitsAccount(reach, state, now)));
  }

  public boolean haltAwaitsAccount(GateState state, long now) {
    return halt != null && needsCredits(state) && awaitsAnswer(halt, now);
  }

  public boolean awaitsAccount(Reach reach, GateState state, long now) {
    Closing outage = outages.get(reach);
    return outage != null && isDoubtful(reach, state) && awaitsAnswer(outage, now);
  }

  private static boolean awaitsAnswer(Closing closing, long now) {
    return closing.leftNanos(now) <= 0 && !closing.isProbed() && !closing.isAnswered();
  }

  /**
   * A request is back.
   *
   * @return the outages that it found out about
   */
  public Set<Reach> back(Permit permit, Signal signal, GateState state) {
    boolean sent = signal.kind() != Signal.Kind.UNUSED;
    if (permit.canary() && halt != null && !halt.isAfter(permit)) {
      halt.back(sent && state.halt().covers(signal.request()));
    }
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
    return found;
  }
}
