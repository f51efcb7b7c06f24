package io.facedrop.ledger.postgres;

import java.sql.Connection;
import java.sql.SQLException;

/** The writer's connection: what is lost within a transaction is opened anew before the next. */
final class WritingLine extends Line {
  private final Server server;
  private Connection current;

  WritingLine(Server server) throws SQLException {
    this.server = server;
    current = opened();
  }

  private Connection opened() throws SQLException {
    Connection opened = server.connect();
    opened.setAutoCommit(false);
    return opened;
  }

  @Override
  Connection current() {
    return current;
  }

  @Override
  Connection last() {
    return current;
  }

  boolean isLost() {
    try {
      return current.isClosed();
    } catch (SQLException unusable) {
      return true;
    }
  }

  void renew() throws SQLException {
    if (isLost()) {
      current = opened();
    }
  }
}
