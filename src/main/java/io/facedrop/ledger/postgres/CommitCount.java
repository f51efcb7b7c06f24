package io.facedrop.ledger.postgres;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Counts a node's commits in the ledger itself. A count that is lower than the node remembers means
 * that the database has lost commits, as after a failover to a standby that was behind.
 */
final class CommitCount {
  private final long node;
  private final Prepared raise;
  private long committed;
  private long pending;

  /**
   * @param node whose commits they are
   */
  CommitCount(Connection connection, long node) throws SQLException {
    this.node = node;
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
    try (ResultSet row = Bound.to(raise).number(node).query()) {
      row.next();
      pending = row.getLong(1);
    }
    return pending <= committed;
  }

  /** The transaction is committed. */
  void committed() {
    committed = pending;
  }
}
