package io.facedrop.ledger.jdbc;

import java.sql.SQLException;

/**
 * The transactions of the writer, one at a time. No writer of another process has a transaction at
 * the same time, so what a transaction has read stays true until its commit.
 */
public interface Transactions {
  /**
   * What has happened since the last one.
   *
   * @param othersWrote whether another process that works on the ledger may have written
   * @param commitsLost whether the database has lost what this process had committed
   */
  record Begun(boolean othersWrote, boolean commitsLost) {
    /** Nothing. */
    public static final Begun AS_BEFORE = new Begun(false, false);
  }

  /** Begins one, after what another writer does is done. */
  Begun begin() throws SQLException;

  /**
   * Commits, and returns when the transaction is durable.
   *
   * @throws SQLException when it was not committed
   * @throws UnknownCommitException when it is not known whether it was committed
   */
  void commit() throws SQLException;

  void rollback() throws SQLException;

  /** Whether no other transaction can succeed right now: the connection is lost. */
  boolean isLost();
}
