package io.facedrop.ledger.gate;

import io.facedrop.api.gate.HaltAdvice;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.notice.GateNotices;
import io.facedrop.ledger.view.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Halts every gate when the database has lost commits: rows that were sent may look as if they were
 * not, and would be paid for again. An operator decides how it goes on.
 */
public final class LostCommits {
  private static final Logger LOG = LoggerFactory.getLogger(LostCommits.class);
  private static final String FOUND =
      "the database has lost what was committed to it, as after a failover to a standby that was"
          + " behind";

  private final Connection connection;

  public LostCommits(Connection connection) {
    this.connection = connection;
  }

  /**
   * Halts, within the running transaction.
   *
   * @param code of the halt
   */
  public void halt(int code, long now) throws SQLException {
    String sql =
        """
        update gate
           set revision = revision + 1,
               paused_until = 0,
               pause_cause = '',
               level = 0,
               halted_code = ?, /* code */
               halt_message = ?, /* what was found */
               halts_creates = 0,
               halted_at = ?, /* now */
               probe_at = 0
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).number((long) code).text(FOUND).number(now).update();
    }
    new Events(connection).note(Event.Kind.HALT, null, "halted: " + FOUND, now);
    new GateNotices(connection).allHalted(code, now);
    LOG.error(
        "the gate is halted, nothing more is sent: {}. Then run facedrop resume",
        HaltAdvice.of(code));
  }
}
