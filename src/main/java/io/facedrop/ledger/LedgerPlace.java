package io.facedrop.ledger;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.LedgerInUseException;
import io.facedrop.ledger.fault.RefusedLedgerException;
import io.facedrop.ledger.jdbc.Dialect;
import io.facedrop.ledger.jdbc.Membership;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.jdbc.WorkLock;
import io.facedrop.ledger.postgres.PostgresDatabase;
import io.facedrop.ledger.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * Where a ledger is; the URL chooses the database.
 *
 * @param url {@code jdbc:sqlite:} and a file, or a {@code jdbc:postgresql:} URL of the driver
 * @param username for a server; empty for none
 * @param password for a server; empty for none
 * @param identity of this process as a node, for a ledger on a server
 */
public record LedgerPlace(String url, String username, String password, NodeIdentity identity) {
  public LedgerPlace(String url) {
    this(url, "", "", NodeIdentity.USUAL);
  }

  /** What the ledger is called by: its file, or its address without anything secret. */
  public String name() {
    return asked().name();
  }

  /** The file of the ledger, whose disk may become full; empty when the ledger is on a server. */
  public Optional<Path> file() {
    return asked().file();
  }

  /**
   * Whether there is a ledger.
   *
   * @throws LedgerException when its server cannot be asked
   */
  public boolean exists() {
    return asked().exists();
  }

  /** The process that works on the ledger, in words; empty when none does. */
  public Optional<String> worker() {
    return asked().lock().holder();
  }

  /**
   * Keeps other processes from working on the ledger until what is returned is closed.
   *
   * @param patience whether to wait for a process that works on it
   * @throws LedgerInUseException when another process works on it
   */
  public WorkLock.Held take(WorkLock.Patience patience) throws LedgerInUseException {
    return asked().lock().take(patience);
  }

  /**
   * Opens the ledger, and creates it if there is none.
   *
   * @param api address of the API that this process uses; empty if it sends nothing
   * @param earliest maps a moment of this clock to the earliest moment that it can have been by
   *     other clocks, both in epoch milliseconds
   * @param holdAfter a batch is held when more than half of so many first answers are dead letters
   *     of one reason; 0 for never
   * @throws RefusedLedgerException when it is empty, or of another schema
   */
  public Ledger open(String api, Clock clock, LongUnaryOperator earliest, int holdAfter) {
    return open(Membership.ALONE, api, clock, earliest, holdAfter);
  }

  /** The same, to work on it for as long as the membership lasts. */
  public Ledger open(
      Membership membership, String api, Clock clock, LongUnaryOperator earliest, int holdAfter) {
    return Ledger.open(
        dialect(false, membership),
        membership,
        api,
        clock,
        earliest,
        holdAfter,
        () -> open(api, clock, earliest, holdAfter));
  }

  /**
   * Opens the ledger, which is there, to read it.
   *
   * @param api address whose tasks are meant where one is asked for
   * @throws RefusedLedgerException when it is empty, or of another schema
   */
  public LedgerReader reader(String api) {
    return LedgerReader.open(asked(), api);
  }

  /**
   * The clock that all who use the ledger share.
   *
   * @throws LedgerException when its server cannot be asked
   */
  public Clock clock() {
    Dialect dialect = asked();
    try {
      return dialect.clock();
    } catch (SQLException e) {
      throw dialect.failure("the ledger " + name() + " cannot be asked", e);
    }
  }

  private Dialect asked() {
    return dialect(true, Membership.ALONE);
  }

  private Dialect dialect(boolean readOnly, Membership membership) {
    return url.startsWith(PostgresDatabase.PREFIX)
        ? new PostgresDatabase(url, username, password, readOnly, identity, membership)
        : new SqliteDatabase(url, readOnly);
  }

  @Override
  public String toString() {
    return "LedgerPlace[" + name() + "]";
  }
}
