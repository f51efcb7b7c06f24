package io.facedrop.ledger.gate;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateStore;
import io.facedrop.api.gate.HaltAdvice;
import io.facedrop.api.pace.Slots;
import io.facedrop.ledger.jdbc.Membership;
import io.facedrop.ledger.jdbc.Writer;
import io.facedrop.ledger.notice.GateNotices;
import io.facedrop.ledger.view.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The state of one gate in the ledger, and what happened to it. */
public final class KeptGate implements GateStore {
  private static final String ANOTHER =
      "another key or address is used than the one that had closed the gate, going on";

  private final String authority;
  private final Source kept;
  private final Connection writing;
  private final Writer writer;
  private final Clock clock;
  private final Membership membership;
  private final Slots slots;

  /** What the ledger has of a gate. */
  public interface Source {
    /** The state of the gate of an address and key; empty when there is none yet. */
    Optional<GateState> gate(String authority);

    /** How often others have changed it. */
    long gateRevision(String authority);
  }

  /**
   * @param writing the writer's own connection
   * @param slots of the rate where it is shared
   */
  public KeptGate(
      String authority,
      Source kept,
      Connection writing,
      Writer writer,
      Clock clock,
      Membership membership,
      Slots slots) {
    this.membership = membership;
    this.slots = slots;
    this.authority = authority;
    this.kept = kept;
    this.writing = writing;
    this.writer = writer;
    this.clock = clock;
  }

  /**
   * This process uses the gate from now on. What is told of gates follows it: another key or
   * address may have been refused before.
   */
  public KeptGate begin() {
    writer.write(
        () -> {
          long now = clock.millis();
          Gates gates = new Gates(writing);
          gates.begin(authority, now);
          gates.use(authority, membership.epoch());
          GateState own = gates.load(authority).orElse(GateState.NEW);
          boolean closed = own.halted() || own.pausedUntil() > now;
          Instant at = Instant.ofEpochMilli(now);
          boolean toldClosed =
              new Events(writing).last().filter(event -> event.isClosedAt(at)).isPresent();
          if (toldClosed && !closed) {
            // Whatever its pause was is over.
            new Events(writing).note(Event.Kind.OPEN, null, ANOTHER, now);
          } else if (own.halted() && !toldClosed) {
            note(own, HaltAdvice.again(own.halt()));
          }
          return null;
        });
    return this;
  }

  @Override
  public GateState load() {
    return kept.gate(authority).orElse(GateState.NEW);
  }

  @Override
  public boolean save(GateState state, String event) {
    return writer.write(
        () -> {
          boolean kept = new Gates(writing).save(authority, state);
          if (kept) {
            note(state, event);
            new GateNotices(writing).changed(authority, state, clock.millis());
          }
          return kept;
        });
  }

  @Override
  public long revision() {
    return kept.gateRevision(authority);
  }

  @Override
  public boolean isShared() {
    return membership.isShared();
  }

  @Override
  public boolean isKeeper() {
    return membership.isKeeper();
  }

  @Override
  public Slots slots() {
    return slots;
  }

  private void note(GateState state, String event) throws SQLException {
    Events events = new Events(writing);
    boolean paused = !state.halted() && state.isClosed();
    if (!event.isEmpty()) {
      Event.Kind kind =
          state.halted() ? Event.Kind.HALT : paused ? Event.Kind.PAUSE : Event.Kind.OPEN;
      events.note(kind, paused ? state.pausedUntil() : null, event, clock.millis());
    } else if (paused) {
      events.extendPause(state.pausedUntil());
    }
  }
}
