package io.facedrop.ledger.upkeep;

import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.read.Batches;
import io.facedrop.ledger.read.LastSign;
import io.facedrop.ledger.view.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * Notes when processes begin and cease to work, for the reports. Of several nodes, it notes the
 * first that comes and the last that leaves.
 */
public final class Presence {
  private static final String STARTED = "facedrop started again";
  private static final String STOPPED = "facedrop was stopped";
  private static final String DIED =
      "facedrop ended without saying so, as by a kill; its last sign is of this time";

  private final Connection connection;
  private final Events events;
  private final long node;
  private Instant died;

  /**
   * @param node of this process; 0 where only one process can work
   */
  public Presence(Connection connection, long node) {
    this.connection = connection;
    this.events = new Events(connection);
    this.node = node;
  }

  /** Looks whether the last process said that it stops, and changes nothing. */
  public void lookBack(long now) throws SQLException {
    died =
        isStopMissing()
            ? new LastSign(connection).until(Instant.ofEpochMilli(now)).orElse(null)
            : null;
  }

  /**
   * This process begins to work, after it has looked back while the claims of the dead were there.
   */
  public void begin(long now) throws SQLException {
    if (isAlone(now)) {
      if (died != null) {
        events.note(Event.Kind.STOP, null, DIED, died.toEpochMilli());
      }
      events.note(Event.Kind.START, null, STARTED, now);
    }
  }

  /** This process ceases to work. */
  public void end(long now) throws SQLException {
    if (isAlone(now)) {
      events.note(Event.Kind.STOP, null, STOPPED, now);
    }
  }

  /** The start of a process may have been removed while open batches say that it was there. */
  private boolean isStopMissing() throws SQLException {
    Optional<Event> last = events.lastOfProcesses();
    return last.isPresent()
        ? last.get().kind() == Event.Kind.START
        : !new Batches(connection).open().isEmpty();
  }

  private boolean isAlone(long now) throws SQLException {
    String sql =
        """
        select 1
          from node
         where ended_at is null
           and lease_until > ? /* now */
           and epoch <> ? /* node */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet other = Bound.to(statement).number(now).number(node).query()) {
      return !other.next();
    }
  }
}
