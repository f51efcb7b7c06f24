package io.facedrop.ledger.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** The connection of short reads: one that has rested is tried before it is used. */
final class ReadingLine extends Line {
  private static final long TRUST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int PATIENCE_SECONDS = 5;

  private final Server server;
  private final boolean readOnly;
  private Connection current;
  private long used = System.nanoTime();

  /**
   * @param readOnly whether each read is a transaction, in which the server refuses changes
   */
  ReadingLine(Server server, boolean readOnly) throws SQLException {
    this.server = server;
    this.readOnly = readOnly;
    current = opened();
  }

  private Connection opened() throws SQLException {
    Connection opened = server.connect();
    opened.setAutoCommit(!readOnly);
    return opened;
  }

  @Override
  Connection current() throws SQLException {
    long now = System.nanoTime();
    if (current.isClosed() || now - used > TRUST_NANOS && !isAlive()) {
      current.close();
      current = opened();
    }
    used = now;
    return current;
  }

  @Override
  Connection last() {
    return current;
  }

  private boolean isAlive() throws SQLException {
    return current.isValid(PATIENCE_SECONDS);
  }
}
