package io.facedrop.ledger.postgres;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Membership;
import io.facedrop.ledger.jdbc.UnknownCommitException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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

  private static final String COUNT =
      """
      select commits
        from written
       where node = ? /* writer */
      """;

  private final Server server;
  private final Membership membership;

  /**
   * @param membership of the writer
   */
  CommitInquiry(Server server, Membership membership) {
    this.server = server;
    this.membership = membership;
  }

  /**
   * Whether a transaction was committed, and is durable.
   *
   * @param count of the writer's commits, if it was
   * @throws UnknownCommitException when the server does not come back
   */
  boolean hasCommitted(long writer, long count, SQLException loss) {
    long begun = System.nanoTime();
    SQLException last;
    do {
      try {
        return isThere(writer, count);
      } catch (SQLException stillAway) {
        last = stillAway;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    } while (System.nanoTime() - begun < PATIENCE_NANOS || isNode());
    throw new UnknownCommitException(loss, last);
  }

  /** Whether this is a node, which may outlast a server that is away for its whole lease. */
  private boolean isNode() {
    return membership.isShared() && membership.lasts(Duration.ZERO);
  }

  private boolean isThere(long writer, long count) throws SQLException {
    try (Connection connection = server.connect()) {
      Turn.take(connection);
      boolean there = commits(connection, writer) >= count;
      // A standby that commits wait for has the other transaction when it has this one.
      connection.commit();
      return there;
    }
  }

  private static long commits(Connection connection, long writer) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COUNT);
        ResultSet row = Bound.to(statement).number(writer).query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
