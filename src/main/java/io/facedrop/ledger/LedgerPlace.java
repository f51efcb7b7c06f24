package io.facedrop.ledger;

import io.facedrop.ledger.jdbc.Dialect;
import io.facedrop.ledger.jdbc.WorkLock;
import io.facedrop.ledger.model.LedgerException;
import io.facedrop.ledger.model.LedgerInUseException;
import io.facedrop.ledger.model.RefusedLedgerException;
import io.facedrop.ledger.postgres.PostgresDatabase;
import io.facedrop.ledger.sqlite.SqliteDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * Where a ledger lies; its address says which database that is.
 *
 * @param url {@code jdbc:sqlite:} and a file, or {@code jdbc:postgresql:} as its driver has it
 * @param username of a server; empty for none
 * @param password of a server; empty for none
 */
public record LedgerPlace(String url, String username, String password) {
  public LedgerPlace(String url) {
    this(url, "", "");
  }

  /** What the ledger is called by: its file, or its address without anything secret. */
  public String name() {
    return asked().name();
  }

  /** The file of the ledger, whose disk may become full; empty when it lies on a server. */
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
   * @throws LedgerInUseException when another process works on it
   */
  public WorkLock.Held take() throws LedgerInUseException {
    return asked().lock().take();
  }

  /**
   * Opens the ledger, making it where there is none.
   *
   * @param api address of the API by which is worked; empty where that does not matter
   * @param earliest the earliest that a moment of this clock can have been for everybody else, both
   *     in epoch milliseconds
   * @param holdAfter a batch is held when more than half of so many first answers are dead letters
   *     of one reason; 0 for never
   * @throws RefusedLedgerException when it is empty, or of another schema
   */
  public Ledger open(String api, Clock clock, LongUnaryOperator earliest, int holdAfter) {
    return Ledger.open(dialect(false), api, clock, earliest, holdAfter);
  }

  /**
   * Opens the ledger, which is there, to read it.
   *
   * @param api address whose tasks are meant where one is asked for
   * @throws RefusedLedgerException when it is empty, or of another schema
   */
  public LedgerReader reader(String api) {
    return LedgerReader.open(dialect(true), api);
  }

  private Dialect asked() {
    return dialect(true);
  }

  private Dialect dialect(boolean readOnly) {
    return url.startsWith(PostgresDatabase.PREFIX)
        ? new PostgresDatabase(url, username, password, readOnly)
        : new SqliteDatabase(url, readOnly);
  }

  @Override
  public String toString() {
    return "LedgerPlace[" + name() + "]";
  }
}
