package io.facedrop.ledger.notice;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.HaltAdvice;
import io.facedrop.ledger.model.Notice;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/**
 * Posts events of gates: a halt at once, and a pause when it lasts for long. After one of these
 * two, it also posts that the gate is open again.
 */
public final class GateNotices {
  /** A pause that lasts this long is an event. */
  public static final Duration LONG = Duration.ofMinutes(5);

  private static final Duration STALE = Duration.ofMinutes(1);
  private static final String GATE = "gate ";
  private static final String HALTED = "halted ";
  private static final String PAUSING = "pausing";
  private static final String PAUSED = "paused";

  private final NoticeBoard board;
  private final Standing standing;

  public GateNotices(Connection connection) {
    this.board = new NoticeBoard(connection);
    this.standing = new Standing(connection);
  }

  /** A gate's state has changed. */
  public void changed(String authority, GateState state, long now) throws SQLException {
    if (!board.isWanted()) {
      return;
    }
    if (state.halted()) {
      halted(authority, state.halt(), now);
    } else if (state.isClosed()) {
      pausing(authority, now);
    } else {
      open(authority, "the gate is open again: requests leave", now);
    }
  }

  private void halted(String authority, GateState.Halt halt, long now) throws SQLException {
    String word = HALTED + halt.code();
    if (!word.equals(word(authority))) {
      standing.put(GATE + authority, word, now);
      board.post(
          Notice.Kind.GATE_HALTED,
          Facts.saying("the gate is halted: " + HaltAdvice.of(halt.code()))
              .and("reason", HaltAdvice.cause(halt.code()))
              .and("said", halt.message())
              .and("gate", authority),
          now);
    }
  }

  /** All gates were halted by one cause. */
  public void allHalted(int code, long now) throws SQLException {
    if (board.isWanted()) {
      for (Standing.Entry gate : standing.beginning(GATE)) {
        standing.end(gate.topic());
      }
      halted("all", new GateState.Halt(code, "", false, now, 0), now);
    }
  }

  /** When it began is kept; a halt that has become a pause was told. */
  private void pausing(String authority, long now) throws SQLException {
    if (word(authority).isEmpty()) {
      standing.put(GATE + authority, PAUSING, now);
    }
  }

  private void open(String authority, String message, long now) throws SQLException {
    String word = word(authority);
    if (word.isEmpty()) {
      return;
    }
    standing.end(GATE + authority);
    if (!word.equals(PAUSING)) {
      board.post(Notice.Kind.GATE_OPEN, Facts.saying(message).and("gate", authority), now);
    }
  }

  /** The operator has opened all gates. */
  public void resumed(long now) throws SQLException {
    if (board.isWanted()) {
      for (Standing.Entry gate : standing.beginning(GATE)) {
        open(authority(gate), "the gate is open again: resumed by the operator", now);
      }
    }
  }

  /**
   * Whether {@link #look} has something to do.
   *
   * @param states of gates, by address and key
   */
  public boolean anyToTell(Function<String, GateState> states, long now) throws SQLException {
    return standing.beginning(GATE).stream()
        .anyMatch(gate -> isLong(gate, now) || isStale(gate, states.apply(authority(gate)), now));
  }

  /** Posts pauses that last for long. Also posts the end of a pause if nothing is left to send. */
  public void look(Function<String, GateState> states, long now) throws SQLException {
    for (Standing.Entry gate : standing.beginning(GATE)) {
      if (isStale(gate, states.apply(authority(gate)), now)) {
        open(authority(gate), "the gate is open again", now);
      } else if (isLong(gate, now)) {
        paused(gate, states.apply(authority(gate)), now);
      }
    }
  }

  private void paused(Standing.Entry gate, GateState state, long now) throws SQLException {
    Instant since = Instant.ofEpochMilli(gate.at());
    standing.put(gate.topic(), PAUSED, now);
    board.post(
        Notice.Kind.GATE_PAUSED,
        Facts.saying("the gate has been pausing since " + since + "; it opens by itself")
            .and("reason", state.pauseCause())
            .and("since", since)
            .and("gate", authority(gate)),
        now);
  }

  private static String authority(Standing.Entry gate) {
    return gate.topic().substring(GATE.length());
  }

  /** A pause ends with the next answer; where no row is left there is none. */
  private static boolean isStale(Standing.Entry gate, GateState state, long now) {
    return !gate.word().startsWith(HALTED)
        && !state.halted()
        && state.outages().isEmpty()
        && state.pause().until() < now - STALE.toMillis();
  }

  private static boolean isLong(Standing.Entry gate, long now) {
    return gate.word().equals(PAUSING) && now - gate.at() >= LONG.toMillis();
  }

  private String word(String authority) throws SQLException {
    return standing.of(GATE + authority).map(Standing.Entry::word).orElse("");
  }
}
