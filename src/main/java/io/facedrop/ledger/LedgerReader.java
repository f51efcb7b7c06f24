package io.facedrop.ledger;

import io.facedrop.api.gate.GateState;
import io.facedrop.expect.Expectation;
import io.facedrop.ledger.accept.UnseenTasks;
import io.facedrop.ledger.arrival.ExpectedDrops;
import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.gate.Gates;
import io.facedrop.ledger.gate.KeptGate;
import io.facedrop.ledger.jdbc.Dialect;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.DeadLetter;
import io.facedrop.ledger.model.Event;
import io.facedrop.ledger.model.Expected;
import io.facedrop.ledger.model.LedgerException;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Node;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RefusedLedgerException;
import io.facedrop.ledger.model.RowHistory;
import io.facedrop.ledger.model.Tally;
import io.facedrop.ledger.model.TaskTimes;
import io.facedrop.ledger.model.Throughput;
import io.facedrop.ledger.model.TimeSlot;
import io.facedrop.ledger.model.Traffic;
import io.facedrop.ledger.notice.NoticeBoard;
import io.facedrop.ledger.query.KeptEvidence;
import io.facedrop.ledger.read.Batches;
import io.facedrop.ledger.read.EndedRows;
import io.facedrop.ledger.read.Followers;
import io.facedrop.ledger.read.FoundFaces;
import io.facedrop.ledger.read.Links;
import io.facedrop.ledger.read.Nodes;
import io.facedrop.ledger.read.Parts;
import io.facedrop.ledger.read.Publishers;
import io.facedrop.ledger.read.RowHistories;
import io.facedrop.ledger.read.Standstill;
import io.facedrop.ledger.read.Throughputs;
import io.facedrop.ledger.read.Totals;
import io.facedrop.ledger.settle.TrafficCounts;
import io.facedrop.ledger.upkeep.Retention;
import io.facedrop.words.Cause;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What can be asked of a ledger; every method throws {@link LedgerException} when it cannot be
 * read. Opened as it is, it changes nothing, whoever works on the ledger beside it.
 */
public class LedgerReader implements KeptGate.Source, AutoCloseable {
  private final Dialect dialect;
  private final Connection reading;
  private final UnseenTasks unseenTasks;
  private final String api;

  /**
   * @param api address whose tasks are meant where one is asked for
   */
  LedgerReader(Dialect dialect, String api) throws SQLException {
    this.dialect = dialect;
    this.reading = dialect.reading();
    this.unseenTasks = new UnseenTasks(reading, api);
    this.api = api;
  }

  /**
   * Opens a ledger to read it.
   *
   * @param url {@code jdbc:sqlite:} and a file, which is there
   * @param api address whose tasks are meant where one is asked for
   * @throws RefusedLedgerException when it is empty, or of another schema
   */
  public static LedgerReader open(String url, String api) {
    return new LedgerPlace(url).reader(api);
  }

  static LedgerReader open(Dialect dialect, String api) {
    dialect.verify();
    try {
      return new LedgerReader(dialect, api);
    } catch (SQLException e) {
      dialect.close();
      throw unopened(dialect, e);
    }
  }

  static LedgerException unopened(Dialect dialect, SQLException e) {
    return dialect.failure("the ledger " + dialect.name() + " cannot be opened", e);
  }

  /** What is known of the tasks of today's API. */
  public TaskTimes taskTimes() {
    return read(connection -> KeptEvidence.known(connection, api));
  }

  /** The accepted batches of a content, the newest first. */
  public List<Batch> batchesOf(String sha256) {
    return read(connection -> new Batches(connection).byContent(sha256));
  }

  /** Whether a manifest that lies here was accepted. */
  public boolean accepted(Path source) {
    return read(connection -> new Batches(connection).hasSource(source));
  }

  /** The rows of a closed part. */
  public EndedRows rows(Part part) {
    try {
      return EndedRows.of(dialect.open(), part);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** The dead letters of a batch, for these reasons, that were not dropped again. */
  public EndedRows toDropAgain(Batch batch, Set<Reason> reasons) {
    try {
      return EndedRows.toDropAgain(dialect.open(), batch, reasons);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** Whether the rows of a batch are there still; before long those of a complete one are gone. */
  public boolean hasRows(Batch batch) {
    return read(connection -> !new Retention(connection).isBegun(batch.number()));
  }

  /** The row that starts on a line of a manifest; empty when none does, or its rows are gone. */
  public Optional<RowHistory> row(Batch batch, long line) {
    return readAside(connection -> new RowHistories(connection).of(batch, line));
  }

  /** The lines of a batch with this URL, byte for byte. */
  public List<Long> linesOf(Batch batch, String url, int most) {
    return read(connection -> new RowHistories(connection).linesOf(batch.number(), url, most));
  }

  /** The first dead letters of a batch for a reason. */
  public List<DeadLetter> firstDeadLetters(Batch batch, String reason, int most) {
    return readAside(
        connection -> new RowHistories(connection).firstDead(batch.number(), reason, most));
  }

  /** Open batches whose every row is settled. */
  public List<Batch> settledBatches() {
    return read(connection -> new Batches(connection).settled());
  }

  public Optional<Batch> batch(String id) {
    return read(connection -> new Batches(connection).byId(id));
  }

  /**
   * The batches that an abbreviated id may mean, the newest first.
   *
   * @param begin of the id, or of its eight digits at the end
   */
  public List<Batch> batchesBeginning(String begin, int most) {
    return read(connection -> new Batches(connection).beginning(begin, most));
  }

  public Optional<Batch> batch(long number) {
    return read(connection -> new Batches(connection).byNumber(number));
  }

  /** Batches that are not complete, those set aside by a {@code run} included. */
  public List<Batch> openBatches() {
    return read(connection -> new Batches(connection).open());
  }

  public List<Batch> newestBatches(int most) {
    return read(connection -> new Batches(connection).newest(most));
  }

  /** Batches at work that are held, or were. */
  public List<Batch> onceHeldBatches() {
    return read(connection -> new Batches(connection).onceHeld());
  }

  /** Batches that were cancelled since, some of which may be complete already. */
  public List<Batch> cancelledSince(Instant since) {
    return read(connection -> new Batches(connection).cancelledSince(since));
  }

  /** Whether a batch is held, nothing of it is on its way and all of it so far is published. */
  public boolean isAtRest(Batch batch) {
    return read(connection -> new Standstill(connection).isAtRest(batch.number()));
  }

  public List<Part> parts(Batch batch) {
    return read(connection -> new Parts(connection).of(batch.number()));
  }

  /** Whether a row that bears this task would go on with it rather than be submitted. */
  public boolean isPaidFor(String task, String url) {
    return read(connection -> unseenTasks.unfinishedAt(task, url) != 0);
  }

  /** Tasks of a batch whose result is awaited. */
  public long openTasks(Batch batch) {
    return read(connection -> new Batches(connection).openTasks(batch.number()));
  }

  /** How fast a batch goes, and what it has cost. */
  public Throughput throughput(Batch batch, Instant now) {
    return read(connection -> Throughputs.of(connection, batch, now));
  }

  /** What happened from a moment on, of all batches, in slots of so many seconds. */
  public List<TimeSlot> slots(Instant from, long seconds) {
    return readAside(connection -> Throughputs.slots(connection, from, seconds));
  }

  /** When the first of the rows that wait is tried again; empty when none waits. */
  public Optional<Instant> nextAttempt() {
    return read(Standstill::nextAttempt);
  }

  /** Tasks whose result is awaited, by the numbers of their batches; none where there are none. */
  public Map<Long, Long> openTasks() {
    return read(connection -> new Batches(connection).openTasks());
  }

  /** Rows of a batch that will share a result which is not there yet. */
  public long openFollowers(Batch batch) {
    return readAside(connection -> new Followers(connection).open(batch.number()));
  }

  /** Sums over the rows of a batch, for its report: before long they are gone. */
  public Totals totals(Batch batch) {
    return readAside(connection -> Totals.of(connection, batch.number()));
  }

  /** Dead letters of a batch by reason and code, the most frequent first; however old it is. */
  public List<Tally> deadLetters(Batch batch) {
    return readAside(
        connection -> {
          Retention retention = new Retention(connection);
          List<Tally> byRows =
              retention.isBegun(batch.number())
                  ? List.of()
                  : Totals.deadLetters(connection, batch.number());
          // Their removal may have begun since.
          return retention.isBegun(batch.number()) ? retention.deadLetters(batch.number()) : byRows;
        });
  }

  /** What the requests of a batch came to, by slots of whole seconds from an instant on. */
  public List<Traffic> traffic(Batch batch, Instant from, Duration slot) {
    return readAside(connection -> TrafficCounts.of(connection, batch.number(), from, slot));
  }

  /** The first successes of a batch that have faces. */
  public List<FoundFaces> firstFaces(Batch batch, int most) {
    return readAside(connection -> FoundFaces.first(connection, batch.number(), most));
  }

  public List<Event> events(Batch batch, Instant from, Instant to) {
    return read(connection -> new Events(connection).in(batch.number(), from, to));
  }

  /** How it stands with every place that was ever looked at. */
  public List<Link> links() {
    return read(Links::all);
  }

  /** How many events wait for their delivery. */
  public long waitingEvents() {
    return read(connection -> new NoticeBoard(connection).waiting());
  }

  /**
   * How it stands with what is expected: with the last deadline while what has missed it may still
   * come, else with the next.
   *
   * @return one for each, in the same order; none for what has no deadline left
   */
  public List<Expected> expected(List<Expectation> expectations, Instant now) {
    return read(
        connection -> {
          List<Expected> states = new ArrayList<>();
          for (Expectation expectation : expectations) {
            new ExpectedDrops(connection).state(expectation, now).ifPresent(states::add);
          }
          return states;
        });
  }

  /** The processes that work on it, and those that have ended since; none where only one can. */
  public List<Node> nodes(Instant endedSince) {
    return read(connection -> Nodes.since(connection, endedSince));
  }

  public List<GateState> gates() {
    return read(connection -> new Gates(connection).all());
  }

  /** The gates of an address of the API, one for each key that was used there. */
  public List<GateState> gatesOf(String address) {
    return read(connection -> new Gates(connection).of(address));
  }

  /** Whether a node works on the ledger, as far as the others know: one that is dead stays so. */
  public boolean isAlive(long node) {
    return read(connection -> new Publishers(connection).isAlive(node));
  }

  @Override
  public Optional<GateState> gate(String authority) {
    return read(connection -> new Gates(connection).load(authority));
  }

  @Override
  public long gateRevision(String authority) {
    return read(connection -> new Gates(connection).revision(authority));
  }

  /** Reads the same by a connection of its own, so that nobody who works waits for it. */
  public LedgerReader aside() {
    try {
      return new LedgerReader(dialect, api) {
        @Override
        public void close() {
          closeReading();
        }
      };
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** The ledger's file; empty where it lies on a server. */
  public Optional<Path> file() {
    return dialect.file();
  }

  @Override
  public void close() {
    try {
      closeReading();
    } finally {
      dialect.close();
    }
  }

  final void closeReading() {
    synchronized (reading) {
      try {
        reading.close();
      } catch (SQLException e) {
        throw new LedgerException("the ledger could not be closed: " + Cause.of(e), e);
      }
    }
  }

  private LedgerException unread(SQLException e) {
    return dialect.failure("the ledger could not be read", e);
  }

  @FunctionalInterface
  interface Reading<T> {
    T from(Connection connection) throws SQLException;
  }

  /** Reads what may take seconds, without keeping the others waiting. */
  final <T> T readAside(Reading<T> what) {
    try (Connection connection = dialect.open()) {
      return what.from(connection);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  /** The same, for who makes a table of its own. */
  final <T> T readWithTables(Reading<T> what) {
    try (Connection connection = dialect.openForTables()) {
      return what.from(connection);
    } catch (SQLException e) {
      throw unread(e);
    }
  }

  final <T> T read(Reading<T> what) {
    synchronized (reading) {
      try {
        return tried(what);
      } catch (SQLException e) {
        throw unread(e);
      } finally {
        end();
      }
    }
  }

  /** Where each read is a transaction, that ends with it. */
  private void end() {
    try {
      if (!reading.getAutoCommit()) {
        reading.rollback();
      }
    } catch (SQLException lost) {
      // The next read has another connection.
    }
  }

  private <T> T tried(Reading<T> what) throws SQLException {
    try {
      return what.from(reading);
    } catch (SQLException e) {
      if (!dialect.isLoss(e)) {
        throw e;
      }
      reading.abort(Runnable::run);
      return what.from(reading);
    }
  }
}
