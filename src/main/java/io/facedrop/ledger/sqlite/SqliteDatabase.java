package io.facedrop.ledger.sqlite;

import io.facedrop.ledger.fault.DamagedLedgerException;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.RefusedLedgerException;
import io.facedrop.ledger.jdbc.Dialect;
import io.facedrop.ledger.jdbc.Transactions;
import io.facedrop.ledger.jdbc.WorkLock;
import io.facedrop.words.Cause;
import io.facedrop.words.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** The SQLite file of a ledger: its settings, its schema and connections to it. */
public final class SqliteDatabase implements Dialect {
  public static final String PREFIX = "jdbc:sqlite:";

  /** SQLite takes a shorter file for an empty one. */
  private static final int SHORTEST = 512;

  private static final int BUSY_MILLIS = 10_000;

  private final Path name;
  private final Path file;
  private final SQLiteDataSource source;
  private final boolean readOnly;

  /**
   * @param url {@code jdbc:sqlite:} and a file
   * @param readOnly whether its connections change nothing
   */
  public SqliteDatabase(String url, boolean readOnly) {
    this.name = Path.of(url.substring(PREFIX.length())).toAbsolutePath().normalize();
    this.file = RealFile.of(name);
    this.readOnly = readOnly;
    this.source = source(file.toString(), false, SQLiteConfig.JournalMode.WAL);
  }

  /**
   * Of a file that no process has open, SQLite makes side files even to read it, unless it is told
   * that nobody will change it.
   */
  private SQLiteDataSource readingSource() {
    boolean open = Files.exists(NewLedgerFile.beside(file, NewLedgerFile.LOG));
    return source(
        open ? file.toString() : file.toUri() + "?immutable=1", true, SQLiteConfig.JournalMode.WAL);
  }

  private static SQLiteDataSource source(
      String file, boolean readOnly, SQLiteConfig.JournalMode journal) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(readOnly);
    if (!readOnly) {
      config.setJournalMode(journal);
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    }
    config.setBusyTimeout(BUSY_MILLIS);
    config.enforceForeignKeys(true);
    // Nobody asks for them, and to have them ready costs as much as the insert itself.
    config.setGetGeneratedKeys(false);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(PREFIX + file);
    return source;
  }

  /** By the name that the settings give it. */
  @Override
  public String name() {
    return name.toString();
  }

  @Override
  public Optional<Path> file() {
    return Optional.of(name);
  }

  @Override
  public boolean exists() {
    return Files.exists(name);
  }

  @Override
  public void create() {
    if (!Files.exists(file)) {
      try {
        NewLedgerFile.make(
            file,
            unfinished -> source(unfinished.toString(), false, SQLiteConfig.JournalMode.DELETE));
      } catch (IOException | FlywayException e) {
        throw unusable(e);
      }
    }
    verify();
  }

  @Override
  public void verify() {
    try {
      if (Files.isDirectory(file)) {
        throw RefusedLedgerException.folder(name);
      }
      if (Files.size(file) == 0) {
        throw RefusedLedgerException.empty(name);
      }
      if (Files.size(file) < SHORTEST) {
        throw new DamagedLedgerException(
            name(), "a file of " + Count.of(Files.size(file), "byte"), null);
      }
      long expected = NewLedgerFile.fingerprint();
      long found = schema();
      if (found != expected) {
        throw RefusedLedgerException.ofOtherSchema(name(), expected, found);
      }
    } catch (IOException | SQLException e) {
      throw unusable(e);
    }
  }

  private long schema() throws SQLException {
    NativeLibrary.load(file.getParent());
    // A file of somebody else's must not change before it is refused.
    try (Connection connection = readingSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("pragma user_version")) {
      row.next();
      return row.getLong(1);
    }
  }

  private LedgerException unusable(Exception e) {
    return failure("the ledger " + name + " cannot be opened", e);
  }

  @Override
  public LedgerException failure(String what, Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return Diagnosis.isDamage(root)
        ? new DamagedLedgerException(name(), Cause.of(root), failure)
        : new LedgerException(what + ": " + Diagnosis.of(root), failure);
  }

  @Override
  public Connection open() throws SQLException {
    NativeLibrary.load(file.getParent());
    return (readOnly ? readingSource() : source).getConnection();
  }

  @Override
  public Connection reading() throws SQLException {
    return open();
  }

  @Override
  public Connection writing() throws SQLException {
    return open();
  }

  @Override
  public Transactions transactions(Connection writing) throws SQLException {
    return new ImmediateTransactions(writing);
  }

  @Override
  public Clock clock() {
    return Clock.systemUTC();
  }

  @Override
  public WorkLock lock() {
    return new FileLock(name);
  }

  @Override
  public boolean isLoss(SQLException failure) {
    return false;
  }

  @Override
  public String diagnosis(Throwable failure) {
    return Diagnosis.of(failure);
  }

  @Override
  public void close() {
    // Its connections are closed one by one.
  }
}
