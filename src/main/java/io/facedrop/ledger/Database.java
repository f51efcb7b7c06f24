package io.facedrop.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The SQLite file of a ledger: its settings, its schema and connections to it. */
final class Database {
  private static final String PREFIX = "jdbc:sqlite:";
  private static final int BUSY_MILLIS = 10_000;

  /** The version of the last migration. */
  static final int SCHEMA = 11;

  private final Path file;
  private final SQLiteDataSource source;

  /**
   * @param url {@code jdbc:sqlite:} and a file, whose directory is made when missing
   */
  Database(String url) {
    this.file = Path.of(url.substring(PREFIX.length())).toAbsolutePath().normalize();
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    // Nobody asks for them, and to have them ready costs as much as the insert itself.
    config.setGetGeneratedKeys(false);
    this.source = new SQLiteDataSource(config);
    source.setUrl(PREFIX + file);
  }

  Path file() {
    return file;
  }

  boolean exists() {
    return Files.exists(file);
  }

  /** Makes the file and brings its schema up to date. */
  void migrate() {
    if (isCurrent()) {
      return;
    }
    try {
      Files.createDirectories(file.getParent());
      NativeLibrary.load(file.getParent());
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:io/facedrop/ledger/migration")
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (IOException | FlywayException e) {
      throw new LedgerException("the ledger " + file + " cannot be opened: " + root(e), e);
    }
  }

  /** Whether there is nothing to migrate: to load Flyway takes longer than to open the ledger. */
  private boolean isCurrent() {
    if (!exists()) {
      return false;
    }
    String sql =
        """
        select max(cast(version as integer)), min(success)
          from flyway_schema_history
        """;
    try (Connection connection = open();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getInt(1) == SCHEMA && row.getInt(2) == 1;
    } catch (SQLException e) {
      // Whatever is wrong with it, Flyway says it better.
      return false;
    }
  }

  private static String root(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + Diagnosis.of(root);
  }

  Connection open() throws SQLException {
    NativeLibrary.load(file.getParent());
    return source.getConnection();
  }
}
