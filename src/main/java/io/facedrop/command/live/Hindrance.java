package io.facedrop.command.live;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.Signal;
import io.facedrop.words.Span;
import java.time.Duration;
import java.time.Instant;

/**
 * What keeps rows from going on.
 *
 * @param state in one or two words, such as {@code paused}; empty when nothing does
 * @param cause why, or what to do
 * @param until when it ends by itself; null when it does not
 */
public record Hindrance(String state, String cause, Instant until) {
  public static final Hindrance NONE = new Hindrance("", "", null);

  boolean isThere() {
    return !state.isEmpty();
  }

  /**
   * Which one it is: the pauses that the API asks for are told apart by their ends, and what probes
   * an outage is still the same outage.
   */
  Object identity() {
    boolean outage =
        cause.startsWith(GateState.Outage.BEGINS) || cause.startsWith(Signal.STEP_FAILED);
    return until == null || outage ? state : until;
  }

  /** Whether nobody knows when it ends; then nobody knows how fast rows go either. */
  boolean isOpenEnded() {
    return isThere() && until == null;
  }

  /** How long it lasts from now on; zero when nothing can tell. */
  private Duration left(Instant now) {
    return until == null || until.isBefore(now) ? Duration.ZERO : Duration.between(now, until);
  }

  /** The state for a log, where the moment counts. */
  String dated() {
    return until == null ? state : state + " until " + until;
  }

  /** The state for a live line, where the time counts down. */
  String counted(Instant now) {
    return until == null ? state : state + " for " + Span.spoken(left(now).plusMillis(999));
  }
}
