package io.facedrop.ledger.postgres;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Counts a writer's commits in the ledger itself. A count that is lower than the writer remembers
 * means that the database has lost commits, as after a failover to a standby that was behind.
 */
final class CommitCount {
  private final long writer;
  private final Prepared raise;
  private long committed;
  private long pending;

  /**
   * @param epoch of the node whose commits they are; 0 for a process that is none
   */
  CommitCount(Connection connection, long epoch) throws SQLException {
    // Nobody else counts under the same number.
    writer = epoch == 0 ? ThreadLocalRandom.current().nextLong(Long.MIN_VALUE, 0) : epoch;
    raise =
        new Prepared(
            connection,
            """
            insert into written (node, commits)
            values (? /* node */, 1)
            on conflict (node) do update
               set commits = written.commits + 1
            returning commits
            """);
  }

  /**
   * Counts the running transaction.
   *
   * @return whether some before it are missing
   */
  boolean raise() throws SQLException {
    try (ResultSet row = Bound.to(raise).number(writer).query()) {
      row.next();
      pending = row.getLong(1);
    }
    return pending <= committed;
  }

  /** Under which number it counts. */
  long writer() {
    return writer;
  }

  /** What the count is once the running transaction is committed. */
  long pending() {
    return pending;
  }

  /** The transaction is committed. */
  void committed() {
    committed = pending;
  }
}
