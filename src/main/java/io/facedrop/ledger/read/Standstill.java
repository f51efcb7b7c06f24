package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** When nothing more comes of a held batch until it is released; usable on any connection. */
public final class Standstill {
  /**
   * Of a held batch {@code b} of which no request is on its way, and no result is awaited or to be
   * shared.
   */
  static final String HELD_AND_QUIET =
      """
      b.held = 1
           and not exists (select 1
                             from claim c
                            where c.row_id >= b.number << 32
                              and c.row_id < (b.number + 1) << 32)
           and not exists (select 1
                             from progress p indexed by progress_submitted
                            where p.state = 'submitted'
                              and +p.id >= b.number << 32
                              and +p.id < (b.number + 1) << 32)
           and not exists (select 1
                             from sharing s
                            where s.leader >= b.number << 32
                              and s.leader < (b.number + 1) << 32)""";

  private final Connection connection;

  public Standstill(Connection connection) {
    this.connection = connection;
  }

  /** When the first of the rows that wait is tried again; empty when none waits. */
  public static Optional<Instant> nextAttempt(Connection connection) throws SQLException {
    String sql =
        """
        select min(due_at) as next
          from progress
         where due_at is not null
           and state <> 'submitted'
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return Optional.ofNullable(Times.instant(row, "next"));
    }
  }

  /** Whether nothing more comes of a batch until it is released, and all of it so far is out. */
  public boolean isAtRest(long batch) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
        select 1
          from batch b
         where b.number = ? /* batch */
           and %s
           and b.rows > (select coalesce(sum(rows), 0) from part where batch = b.number)
           and not exists (select 1
                             from part
                            where batch = b.number
                              and state <> 'published')
        """,
            HELD_AND_QUIET);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(batch).query()) {
      return row.next();
    }
  }
}
