package io.facedrop.ledger.claim;

import io.facedrop.ledger.jdbc.Prepared;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Whether many rows wait to be sent for the first time; looked at once a second. */
final class Backlog {
  private static final long EVERY_MILLIS = 1_000;
  private static final long LITTLE = 200;

  private final Prepared waiting;
  private boolean little;
  private long lookedAt = Long.MIN_VALUE / 2;

  Backlog(Connection connection) throws SQLException {
    waiting =
        new Prepared(
            connection,
            """
            select coalesce(sum(rows - next_position), 0)
              from batch indexed by batch_by_turn
             where state = 'open'
               and parked = 0
               and held = 0
               and cancelled_at is null
               and next_position < rows
            """);
  }

  /** Whether so few wait that asking early for results holds none of them up for long. */
  boolean isLittle(long now) throws SQLException {
    if (Math.abs(now - lookedAt) >= EVERY_MILLIS) {
      lookedAt = now;
      try (ResultSet row = waiting.query()) {
        row.next();
        little = row.getLong(1) < LITTLE;
      }
    }
    return little;
  }
}
