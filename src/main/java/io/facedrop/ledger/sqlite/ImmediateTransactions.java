package io.facedrop.ledger.sqlite;

import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.jdbc.Transactions;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Transactions that lock the file from their begin on.
 *
 * <p>They are begun by hand: the driver would begin the next one right after a commit and so keep
 * every other process from writing.
 */
final class ImmediateTransactions implements Transactions {
  private final Prepared begin;
  private final Prepared commit;
  private final Prepared rollback;

  ImmediateTransactions(Connection connection) throws SQLException {
    begin = new Prepared(connection, "begin immediate");
    commit = new Prepared(connection, "commit");
    rollback = new Prepared(connection, "rollback");
  }

  @Override
  public Begun begin() throws SQLException {
    begin.execute();
    return Begun.AS_BEFORE;
  }

  @Override
  public void commit() throws SQLException {
    commit.execute();
  }

  @Override
  public void rollback() throws SQLException {
    rollback.execute();
  }

  @Override
  public boolean isLost() {
    return false;
  }
}
