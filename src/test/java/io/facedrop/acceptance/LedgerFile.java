package io.facedrop.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A ledger, read past our own code while others write it. */
record LedgerFile(Path file) {
  static LedgerFile of(Path folder) {
    return new LedgerFile(folder.resolve("ledger.db"));
  }

  /** The one number that a query tells; 0 where there is none, or no ledger yet. */
  long number(String sql) {
    List<String> values = texts(sql);
    return values.isEmpty() || values.get(0) == null ? 0 : Long.parseLong(values.get(0));
  }

  /** How often the gate has paused so far. */
  long pauses() {
    return number("select count(*) from event where kind = 'pause'");
  }

  /** The code that halts the gate; 0 while it is not halted. */
  long haltedBy() {
    return number("select halted_code from gate order by revision desc limit 1");
  }

  /** The first column of a query; empty where there is no ledger yet. */
  List<String> texts(String sql) {
    List<String> values = new ArrayList<>();
    if (!Files.exists(file)) {
      return values;
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        values.add(row.getString(1));
      }
      return values;
    } catch (SQLException e) {
      // It is being made.
      if (String.valueOf(e.getMessage()).matches("(?s).*no such (table|column).*")) {
        return values;
      }
      throw new IllegalStateException(e);
    }
  }

  /** A connection that waits when another process writes. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file + "?busy_timeout=20000");
  }
}
