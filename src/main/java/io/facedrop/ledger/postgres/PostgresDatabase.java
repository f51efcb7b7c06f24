package io.facedrop.ledger.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.facedrop.ledger.jdbc.Dialect;
import io.facedrop.ledger.jdbc.Membership;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.jdbc.Transactions;
import io.facedrop.ledger.jdbc.WorkLock;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A ledger in a schema of a PostgreSQL server. */
public final class PostgresDatabase implements Dialect {
  public static final String PREFIX = "jdbc:postgresql:";

  /** Parts of both outputs, a report, what is removed, and a manifest's repeated URLs. */
  private static final int MOST_READERS = 8;

  private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(10);
  private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(1);

  private final String name;
  private final Server server;
  private final Server writable;
  private final LedgerSchema schema;
  private final NodeIdentity identity;
  private final Membership membership;
  private final boolean readOnly;
  private HikariDataSource pool;

  /**
   * @param url {@code jdbc:postgresql:} as the driver has it
   * @param username empty for none
   * @param password empty for none
   * @param readOnly whether its connections change nothing
   * @param identity under which a process would work on the ledger
   * @param membership by which it may write
   */
  public PostgresDatabase(
      String url,
      String username,
      String password,
      boolean readOnly,
      NodeIdentity identity,
      Membership membership) {
    this.identity = identity;
    this.membership = membership;
    name = url.replaceFirst("\\?.*", "");
    this.readOnly = readOnly;
    server = new Server(url, username, password, readOnly);
    writable = readOnly ? new Server(url, username, password, false) : server;
    schema = new LedgerSchema(name, server);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Optional<Path> file() {
    return Optional.empty();
  }

  @Override
  public boolean exists() {
    return schema.exists();
  }

  @Override
  public void create() {
    schema.create();
  }

  @Override
  public void verify() {
    schema.verify();
  }

  @Override
  public Connection open() throws SQLException {
    return Line.translating(pool().getConnection());
  }

  /** In one transaction, since a pooler may give each another session. */
  @Override
  public Connection openForTables() throws SQLException {
    Connection connection = open();
    connection.setAutoCommit(false);
    return connection;
  }

  private synchronized HikariDataSource pool() {
    if (pool == null) {
      // Each connection is tried before it is lent: what is read by it takes longer than that.
      System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "0");
      HikariConfig config = new HikariConfig();
      config.setDataSource(server.asSource());
      config.setReadOnly(readOnly);
      config.setAutoCommit(!readOnly);
      config.setPoolName("facedrop-ledger");
      config.setMaximumPoolSize(MOST_READERS);
      config.setMinimumIdle(0);
      config.setIdleTimeout(IDLE_MILLIS);
      config.setConnectionTimeout(PATIENCE_MILLIS);
      config.setInitializationFailTimeout(-1);
      pool = new HikariDataSource(config);
    }
    return pool;
  }

  @Override
  public Connection reading() throws SQLException {
    return new ReadingLine(server, readOnly).connection();
  }

  @Override
  public Connection writing() throws SQLException {
    return new WritingLine(server).connection();
  }

  @Override
  public Transactions transactions(Connection writing) throws SQLException {
    WritingLine line = (WritingLine) Proxy.getInvocationHandler(writing);
    return new ServerTransactions(line, writing, new CommitInquiry(server, membership), membership);
  }

  @Override
  public Clock clock() throws SQLException {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement()) {
      long asked = System.nanoTime();
      try (ResultSet row = statement.executeQuery("select facedrop_now()")) {
        row.next();
        return new ServerTime(System::nanoTime, row.getLong(1), asked, System.nanoTime());
      }
    }
  }

  @Override
  public WorkLock lock() {
    return new Seat(name, writable.asSource(), new LedgerSchema(name, writable), identity);
  }

  @Override
  public boolean isLoss(SQLException failure) {
    return Diagnosed.isLoss(failure);
  }

  @Override
  public String diagnosis(Throwable failure) {
    return Diagnosed.of(failure);
  }

  @Override
  public synchronized void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
