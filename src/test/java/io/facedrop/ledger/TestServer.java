package io.facedrop.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of this JVM's own, as durable as one that is installed. */
public final class TestServer {
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

  /** The address of a schema. */
  public static String url(String schema) {
    return "jdbc:postgresql://localhost:"
        + server().getPort()
        + "/postgres?user=postgres&currentSchema="
        + schema;
  }

  /** The same without the user. */
  public static String address(String schema) {
    return url(schema).replace("user=postgres&", "");
  }

  public static void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url("public"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
