package io.facedrop.ledger.jdbc;

import io.facedrop.ledger.fault.LedgerException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;

/**
 * The database of a ledger: how it is created, opened, locked and written, and what its failures
 * mean. All packages use the same SQL. If a database needs another form, its connections translate
 * a statement when they prepare it.
 */
public interface Dialect extends AutoCloseable {
  /** What the ledger is called by: its file, or its address without anything secret. */
  String name();

  /** The file of the ledger, whose disk may become full; empty when the ledger is on a server. */
  Optional<Path> file();

  /** Whether the ledger is there. */
  boolean exists();

  /**
   * Creates the ledger if there is none.
   *
   * @throws io.facedrop.ledger.fault.RefusedLedgerException when it is there and cannot be worked
   *     with
   */
  void create();

  /**
   * Looks whether the ledger can be worked with, and changes nothing.
   *
   * @throws io.facedrop.ledger.fault.RefusedLedgerException when it cannot
   */
  void verify();

  /** A connection to read by, for as long as the caller wants; the caller closes it. */
  Connection open() throws SQLException;

  /** The same, for who makes a table of its own that is there until the connection is closed. */
  default Connection openForTables() throws SQLException {
    return open();
  }

  /**
   * A connection for all short reads. The dialect closes it at the end, and opens another if it is
   * lost.
   */
  Connection reading() throws SQLException;

  /** The writer's connection. The dialect closes it at the end, and opens another if it is lost. */
  Connection writing() throws SQLException;

  /**
   * How the writer begins and ends transactions.
   *
   * @param writing from {@link #writing}
   */
  Transactions transactions(Connection writing) throws SQLException;

  /** The clock that all who use the ledger share. */
  Clock clock() throws SQLException;

  /** Who works on the ledger. */
  WorkLock lock();

  /** Whether it is the connection that failed, so that another may do. */
  boolean isLoss(SQLException failure);

  /** A failure in its own words and, where that is known, what to do. */
  String diagnosis(Throwable failure);

  /**
   * What a failure is for the caller.
   *
   * @param what could not be done
   */
  default LedgerException failure(String what, Throwable cause) {
    return new LedgerException(what + ": " + diagnosis(cause), cause);
  }

  /** Closes what is left of its connections. */
  @Override
  void close();
}
