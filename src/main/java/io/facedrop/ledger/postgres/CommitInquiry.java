package io.facedrop.ledger.postgres;

import io.facedrop.ledger.jdbc.UnknownCommitException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Asks the server what came of a commit whose answer was lost, for as long as it is away. */
final class CommitInquiry {
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Server server;

  CommitInquiry(Server server) {
    this.server = server;
  }

  /**
   * Whether a transaction was committed.
   *
   * @throws UnknownCommitException when the server does not come back, or has forgotten it
   */
  boolean hasCommitted(String transaction, SQLException loss) {
    long begun = System.nanoTime();
    SQLException last = loss;
    while (System.nanoTime() - begun < PATIENCE_NANOS) {
      try {
        String status = status(transaction);
        if (status == null) {
          break;
        }
        if (!status.equals("in progress")) {
          return status.equals("committed");
        }
      } catch (SQLException stillAway) {
        last = stillAway;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new UnknownCommitException(last);
  }

  private String status(String transaction) throws SQLException {
    String sql = "select pg_xact_status(cast(? as xid8)) /* transaction */";
    try (Connection connection = server.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, transaction);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }
}
