package io.facedrop.ledger.jdbc;

import java.sql.SQLException;

/**
 * The transactions of the writer, one at a time. No other writer, in whichever process, is inside
 * one of its own meanwhile: what a work has read is true until it is committed.
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
   * Returns when all of it is durable.
   *
   * @throws SQLException when nothing of it has happened
   * @throws UnknownCommitException when nobody can tell
   */
  void commit() throws SQLException;

  void rollback() throws SQLException;

  /** Whether no other transaction can succeed right now: the connection is lost. */
  boolean isLost();
}
