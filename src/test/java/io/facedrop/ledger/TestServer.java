package io.facedrop.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of this JVM's own, as durable as one that is installed. */
public final class TestServer {
  public static final String USER = "postgres";

  private static EmbeddedPostgres server;

  private TestServer() {}

  private static synchronized EmbeddedPostgres server() {
    if (server == null) {
      try {
        server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return server;
  }

  public static int port() {
    return server().getPort();
  }

  /** The address of a schema, without the user. */
  public static String address(String schema) {
    return "jdbc:postgresql://localhost:" + port() + "/postgres?currentSchema=" + schema;
  }

  /** The address of a schema, which needs no more. */
  public static String url(String schema) {
    return address(schema) + "&user=" + USER;
  }

  public static void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url("public"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  /** The first number of the first row. */
  public static long number(String sql) {
    try (Connection connection = DriverManager.getConnection(url("public"));
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
