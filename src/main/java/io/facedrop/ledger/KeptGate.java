package io.facedrop.ledger;

import io.facedrop.api.GateState;
import io.facedrop.api.GateStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;

/** The state of one gate in the ledger, and what happened to it. */
final class KeptGate implements GateStore {
  private final String authority;
  private final LedgerReader reader;
  private final Connection writing;
  private final Writer writer;
  private final Clock clock;

  /**
   * @param writing the writer's own connection
   */
  KeptGate(String authority, LedgerReader reader, Connection writing, Writer writer, Clock clock) {
    this.authority = authority;
    this.reader = reader;
    this.writing = writing;
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public GateState load() {
    return reader.gate(authority).orElse(GateState.NEW);
  }

  @Override
  public boolean save(GateState state, String event) {
    return writer.write(
        () -> {
          boolean kept = new Gates(writing).save(authority, state);
          if (kept) {
            note(state, event);
          }
          return kept;
        });
  }

  @Override
  public long revision() {
    return reader.gateRevision(authority);
  }

  private void note(GateState state, String event) throws SQLException {
    Gates gates = new Gates(writing);
    boolean paused = state.isClosed() && !state.halted();
    if (!event.isEmpty()) {
      Event.Kind kind =
          state.halted() ? Event.Kind.HALT : paused ? Event.Kind.PAUSE : Event.Kind.OPEN;
      gates.note(kind, paused ? state.pausedUntil() : null, event, clock.millis());
    } else if (paused) {
      gates.extendPause(state.pausedUntil());
    }
  }
}
