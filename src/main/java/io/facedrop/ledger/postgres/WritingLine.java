package io.facedrop.ledger.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The writer's connection: what is lost within a transaction is opened anew before the next. */
final class WritingLine extends Line {
  /**
   * A plan is kept until the server has looked at a table anew, and may have been made when it was
   * empty. There is an index for all that the writer looks for, mostly in the order in which it is
   * wanted: so it goes by one whatever the statistics say.
   */
  private static final String BY_INDEX =
      "set enable_seqscan = off; set enable_bitmapscan = off; set enable_sort = off";

  private final Server server;
  private Connection current;

  WritingLine(Server server) throws SQLException {
    this.server = server;
    current = opened();
  }

  private Connection opened() throws SQLException {
    Connection opened = server.connect();
    try (Statement statement = opened.createStatement()) {
      statement.execute(BY_INDEX);
    }
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
