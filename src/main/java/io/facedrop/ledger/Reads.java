package io.facedrop.ledger;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.jdbc.Dialect;
import io.facedrop.words.Cause;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads a ledger, by a connection of its own that all its reads take turns at. */
final class Reads {
  private final Dialect dialect;
  private final Connection reading;

  Reads(Dialect dialect) throws SQLException {
    this.dialect = dialect;
    this.reading = dialect.reading();
  }

  @FunctionalInterface
  interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  /** The connection that is shared, for who keeps statements. */
  Connection shared() {
    return reading;
  }

  /** One of the caller's own, who closes it. */
  Connection open() throws SQLException {
    return dialect.open();
  }

  <T> T read(Reading<T> what) {
    synchronized (reading) {
      try {
        return tried(what);
      } catch (SQLException e) {
        throw unread(e);
      } finally {
        end();
      }
    }
  }

  /** Reads what may take seconds, without keeping the others waiting. */
  <T> T readAside(Reading<T> what) {
    try (Connection connection = dialect.open()) {
      return what.from(connection);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** The same, for who makes a table of its own. */
  <T> T readWithTables(Reading<T> what) {
    try (Connection connection = dialect.openForTables()) {
      return what.from(connection);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** Where each read is a transaction, that ends with it. */
  private void end() {
    try {
      if (!reading.getAutoCommit()) {
        reading.rollback();
      }
    } catch (SQLException lost) {
      // The next read has another connection.
    }
  }

  private <T> T tried(Reading<T> what) throws SQLException {
    try {
      return what.from(reading);
    } catch (SQLException e) {
      if (!dialect.isLoss(e)) {
        throw e;
      }
      reading.abort(Runnable::run);
      return what.from(reading);
    }
  }

  LedgerException unread(SQLException e) {
    return dialect.failure("the ledger could not be read", e);
  }

  void close() {
    synchronized (reading) {
      try {
        reading.close();
      } catch (SQLException e) {
        throw new LedgerException("the ledger could not be closed: " + Cause.of(e), e);
      }
    }
  }
}
