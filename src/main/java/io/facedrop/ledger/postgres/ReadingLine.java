package io.facedrop.ledger.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** The connection of short reads: one that has rested is tried before it is used. */
final class ReadingLine extends Line {
  private static final long TRUST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int PATIENCE_SECONDS = 5;

  private final Server server;
  private Connection current;
  private long used = System.nanoTime();

  ReadingLine(Server server) throws SQLException {
    this.server = server;
    current = server.connect();
  }

  @Override
  Connection current() throws SQLException {
    long now = System.nanoTime();
    if (current.isClosed() || now - used > TRUST_NANOS && !isAlive()) {
      current.close();
      current = server.connect();
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
