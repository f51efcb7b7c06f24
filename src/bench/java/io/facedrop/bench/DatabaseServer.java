package io.facedrop.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL server of the benchmark's own, as durable as one that is installed. */
final class DatabaseServer implements AutoCloseable {
  static final String USER = "postgres";

  private final EmbeddedPostgres server;
  private final Path data;

  private DatabaseServer(EmbeddedPostgres server, Path data) {
    this.server = server;
    this.data = data;
  }

  /** Starts one that keeps its data below this folder. */
  static DatabaseServer start(Path folder) throws IOException {
    Path data = Files.createTempDirectory(Files.createDirectories(folder), "postgres");
    EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .start();
    return new DatabaseServer(server, data);
  }

  /** The address of a schema that is new and empty, without the user. */
  String url(String schema) {
    execute("drop schema if exists " + schema + " cascade; create schema " + schema);
    return address() + "?currentSchema=" + schema;
  }

  private String address() {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
  }

  void drop(String schema) {
    execute("drop schema " + schema + " cascade; checkpoint");
  }

  /** What it has used since it was started. */
  DatabaseUse use() throws IOException {
    long postmaster = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    return new DatabaseUse(
        ProcFile.treeCpuSeconds(postmaster),
        number("select xact_commit from pg_stat_database where datname = 'postgres'"),
        number("select cast(wal_bytes as bigint) from pg_stat_wal"),
        number("select wal_sync from pg_stat_wal"));
  }

  private long number(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  private void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address(), USER, "");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
