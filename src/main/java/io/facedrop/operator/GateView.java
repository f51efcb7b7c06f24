package io.facedrop.operator;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.HaltAdvice;
import io.facedrop.api.gate.Signal;
import java.time.Instant;
import java.util.function.Function;

/**
 * The gate in words.
 *
 * @param state {@code open}, {@code paused} or {@code halted}
 * @param cause why; empty when it is open
 * @param advice what to do; empty where it opens by itself
 * @param message what the API said with a halt; empty for nothing
 * @param since when it was halted; null unless it is
 * @param until when it lets something through again by itself; null when it is open, when a request
 *     finds out right now, or when an operator has to open it
 */
public record GateView(
    String state, String cause, String advice, String message, Instant since, Instant until) {
  public static final GateView OPEN = new GateView("open", "", "", "", null, null);

  public static GateView of(GateState gate, Instant now) {
    if (gate.halted()) {
      return halted(gate.halt());
    }
    if (gate.pausedUntil() > now.toEpochMilli()) {
      return paused(gate.pauseCause(), Instant.ofEpochMilli(gate.pausedUntil()));
    }
    // An outage lasts while a request finds out whether it is over.
    return gate.outages().values().stream()
        .findFirst()
        .map(outage -> paused(outage.cause(), null))
        .orElse(OPEN);
  }

  private static GateView paused(String cause, Instant until) {
    return new GateView("paused", cause, "", "", null, until);
  }

  /** Of a paused one, what it waits for. */
  public String awaited(Function<Instant, String> time) {
    return until == null
        ? "until a request on its way has found out whether it is over"
        : "until " + time.apply(until) + ", then it opens by itself";
  }

  /** Whether it is closed because a step of a route fails, which only a person can mend. */
  public boolean isRouteFailing() {
    return !isOpen() && cause.contains(Signal.STEP_FAILED);
  }

  private static GateView halted(GateState.Halt halt) {
    return new GateView(
        "halted",
        HaltAdvice.cause(halt.code()) + (halt.creates() ? ", results are still asked for" : ""),
        HaltAdvice.of(halt.code()) + HaltAdvice.then(halt.code()),
        halt.message(),
        Instant.ofEpochMilli(halt.at()),
        halt.code() == GateState.Halt.LOST_COMMITS ? null : Instant.ofEpochMilli(halt.probeAt()));
  }

  public boolean isHalted() {
    return "halted".equals(state);
  }

  public boolean isOpen() {
    return "open".equals(state);
  }
}
