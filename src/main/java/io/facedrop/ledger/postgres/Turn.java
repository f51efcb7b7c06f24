package io.facedrop.ledger.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A writer's turn, taken on a connection of its own: no other writer is in a transaction then, and
 * each statement sees all that they have committed.
 */
final class Turn {
  /** Whatever the server's default is: a stricter one would read what was before the turn. */
  static final String ISOLATION = "set transaction isolation level read committed";

  /** One that is frozen must not keep all others waiting, and what it commits is durable. */
  private static final String MANNERS =
      """
      select set_config('lock_timeout', '15s', true),
             set_config('idle_in_transaction_session_timeout', '10s', true),
             case when current_setting('synchronous_commit') = 'off'
                  then set_config('synchronous_commit', 'on', true) end
      """;

  private static final String LOCK =
      """
      select id
        from identity
         for update
      """;

  private Turn() {}

  /** Waits for the turn; it lasts until the connection commits or rolls back. */
  static void take(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    run(connection, ISOLATION);
    run(connection, MANNERS);
    run(connection, LOCK);
  }

  static void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }
}
