package io.facedrop.ledger.view;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.Signal;
import java.time.Instant;

/**
 * Something that happened to the gate, a batch or a process, in words for the reports.
 *
 * @param until when a pause was meant to end; null for anything else
 */
public record Event(Instant at, Kind kind, Instant until, String detail) {
  /** Kinds of event. */
  public enum Kind {
    NOTE("note"),
    PAUSE("pause"),
    HALT("halt"),
    OPEN("open"),

    /** Nobody works any more. */
    STOP("stop"),

    /** A process works again. */
    START("start");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }

    /** Whether it says how it stands with the gate. */
    public boolean isOfGate() {
      return this == PAUSE || this == HALT || this == OPEN;
    }

    public static Kind of(String word) {
      return valueOf(word.toUpperCase(java.util.Locale.ROOT));
    }
  }

  /** Whether it says that the gate is closed, and that is so still. */
  public boolean isClosedAt(Instant now) {
    return kind == Kind.HALT || kind == Kind.PAUSE && until != null && until.isAfter(now);
  }

  /** Whether it pauses because requests fail; then each request that finds out tells anew. */
  public boolean isOfOutage() {
    String cause = detail.substring(detail.indexOf(": ") + 2);
    return kind == Kind.PAUSE
        && (cause.startsWith(GateState.Outage.BEGINS) || cause.startsWith(Signal.STEP_FAILED));
  }

  /** Until when the gate was closed by what it tells, or has ended; now while that lasts. */
  public Instant closedUntil(Instant now) {
    if (isClosedAt(now)) {
      return now;
    }
    return kind == Kind.PAUSE && until != null ? until : at;
  }
}
