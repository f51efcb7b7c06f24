package io.facedrop.ledger.postgres;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.UnknownCommitException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds out what came of a commit whose answer was lost, for as long as the server is away.
 *
 * <p>The count of the writer's commits tells, in the ledger itself. The number of the transaction
 * does not: a server that has crashed gives the number of one that it has forgotten to another.
 */
final class CommitInquiry {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final String LOCK_TIMEOUT = "set local lock_timeout = '15s'";

  /** Whoever holds this may be the transaction itself, and has ended once it is had. */
  private static final String LOCK =
      """
      select id
        from identity
         for update
      """;

  private static final String COUNT =
      """
      select commits
        from written
       where node = ? /* writer */
      """;

  private final Server server;

  CommitInquiry(Server server) {
    this.server = server;
  }

  /**
   * Whether a transaction was committed.
   *
   * @param count of the writer's commits, if it was
   * @throws UnknownCommitException when the server does not come back
   */
  boolean hasCommitted(long writer, long count, SQLException loss) {
    long begun = System.nanoTime();
    SQLException last = loss;
    while (System.nanoTime() - begun < PATIENCE_NANOS) {
      try {
        return commits(writer) >= count;
      } catch (SQLException stillAway) {
        last = stillAway;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new UnknownCommitException(last);
  }

  private long commits(long writer) throws SQLException {
    try (Connection connection = server.connect()) {
      connection.setAutoCommit(false);
      execute(connection, LOCK_TIMEOUT);
      execute(connection, LOCK);
      try (PreparedStatement statement = connection.prepareStatement(COUNT);
          ResultSet row = Bound.to(statement).number(writer).query()) {
        return row.next() ? row.getLong(1) : 0;
      } finally {
        connection.rollback();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }
}
