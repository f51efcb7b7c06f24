package io.facedrop.ledger;

import io.facedrop.api.gate.GateState;
import io.facedrop.expect.Expectation;
import io.facedrop.ledger.accept.UnseenTasks;
import io.facedrop.ledger.arrival.ExpectedDrops;
import io.facedrop.ledger.arrival.Rejections;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.RefusedLedgerException;
import io.facedrop.ledger.gate.Gates;
import io.facedrop.ledger.gate.KeptGate;
import io.facedrop.ledger.jdbc.Dialect;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Node;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.model.TaskTimes;
import io.facedrop.ledger.notice.NoticeBoard;
import io.facedrop.ledger.query.KeptEvidence;
import io.facedrop.ledger.read.Batches;
import io.facedrop.ledger.read.CarriedCells;
import io.facedrop.ledger.read.EndedRows;
import io.facedrop.ledger.read.Links;
import io.facedrop.ledger.read.Nodes;
import io.facedrop.ledger.read.Publishers;
import io.facedrop.ledger.read.RowNames;
import io.facedrop.ledger.read.Standstill;
import io.facedrop.ledger.read.Throughputs;
import io.facedrop.ledger.view.Expected;
import io.facedrop.ledger.view.Rejected;
import io.facedrop.ledger.view.Traffic;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All queries of a ledger. Every method throws {@link LedgerException} when the ledger cannot be
 * read. A reader changes nothing, and can be used while other processes work on the ledger.
 */
public class LedgerReader implements KeptGate.Source, AutoCloseable {
  private final Dialect dialect;
  private final Reads reads;
  private final UnseenTasks unseenTasks;
  private final String api;

  /**
   * @param api address whose tasks are meant where one is asked for
   */
  LedgerReader(Dialect dialect, String api) throws SQLException {
    this.dialect = dialect;
    this.reads = new Reads(dialect);
    this.unseenTasks = new UnseenTasks(reads.shared(), api);
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

  /** For who asks by himself. */
  final Reads reads() {
    return reads;
  }

  /** What can be asked about one batch. */
  public final BatchReader of(Batch batch) {
    return new BatchReader(reads, batch);
  }

  /** What is known of the tasks of today's API. */
  public TaskTimes taskTimes() {
    return reads.read(connection -> KeptEvidence.known(connection, api));
  }

  /** The accepted batches of a content, the newest first. */
  public List<Batch> batchesOf(String sha256) {
    return reads.read(connection -> new Batches(connection).byContent(sha256));
  }

  /** Whether the manifest at this place was accepted. */
  public boolean accepted(Path source) {
    return reads.read(connection -> new Batches(connection).hasSource(source));
  }

  /** The rows of a closed part. */
  public EndedRows rows(Part part) {
    try {
      return EndedRows.of(reads.open(), part);
    } catch (SQLException e) {
      throw reads.unread(e);
    }
  }

  /** What a row had in its manifest, by the names of the columns; none when its rows are gone. */
  public Map<String, Object> cells(long row) {
    return reads.read(connection -> CarriedCells.of(connection, row));
  }

  /**
   * A row as people name it, for messages: {@code BATCH:LINE}; by its id if that cannot be read.
   */
  public String name(long row) {
    try {
      return reads
          .read(connection -> RowNames.of(connection, row))
          .orElseGet(() -> RowId.words(row));
    } catch (LedgerException e) {
      return RowId.words(row);
    }
  }

  /** Open batches whose every row is settled. */
  public List<Batch> settledBatches() {
    return reads.read(connection -> new Batches(connection).settled());
  }

  public Optional<Batch> batch(String id) {
    return reads.read(connection -> new Batches(connection).byId(id));
  }

  /**
   * The batches that an abbreviated id may mean, the newest first.
   *
   * @param begin of the id, or of its eight digits at the end
   */
  public List<Batch> batchesBeginning(String begin, int most) {
    return reads.read(connection -> new Batches(connection).beginning(begin, most));
  }

  public Optional<Batch> batch(long number) {
    return reads.read(connection -> new Batches(connection).byNumber(number));
  }

  /** Batches that are not complete, those set aside by a {@code run} included. */
  public List<Batch> openBatches() {
    return reads.read(connection -> new Batches(connection).open());
  }

  public List<Batch> newestBatches(int most) {
    return reads.read(connection -> new Batches(connection).newest(most));
  }

  /** Batches at work that are held, or were. */
  public List<Batch> onceHeldBatches() {
    return reads.read(connection -> new Batches(connection).onceHeld());
  }

  /** Batches that were cancelled since, some of which may be complete already. */
  public List<Batch> cancelledSince(Instant since) {
    return reads.read(connection -> new Batches(connection).cancelledSince(since));
  }

  /** Whether a row with this task would continue the task instead of creating another. */
  public boolean isPaidFor(String task, String url) {
    return reads.read(connection -> unseenTasks.unfinishedAt(task, url) != 0);
  }

  /** What happened from a moment on, of all batches, in slots of so many seconds. */
  public List<Traffic> slots(Instant from, long seconds) {
    return reads.readAside(connection -> Throughputs.slots(connection, from, seconds));
  }

  /** When the first of the rows that wait is tried again; empty when none waits. */
  public Optional<Instant> nextAttempt() {
    return reads.read(Standstill::nextAttempt);
  }

  /** Tasks whose result is awaited, by the numbers of their batches; none where there are none. */
  public Map<Long, Long> openTasks() {
    return reads.read(connection -> new Batches(connection).openTasks());
  }

  /** The health of every place that was ever polled or written. */
  public List<Link> links() {
    return reads.read(Links::all);
  }

  /** How many events wait for their delivery. */
  public long waitingEvents() {
    return reads.read(connection -> new NoticeBoard(connection).waiting());
  }

  /**
   * The state of each expectation. If the last deadline was missed and the manifest may still come,
   * it is the state for that deadline; otherwise for the next.
   *
   * @return one for each, in the same order; none for what has no deadline left
   */
  public List<Expected> expected(List<Expectation> expectations, Instant now) {
    return reads.read(
        connection -> {
          List<Expected> states = new ArrayList<>();
          for (Expectation expectation : expectations) {
            new ExpectedDrops(connection).state(expectation, now).ifPresent(states::add);
          }
          return states;
        });
  }

  /** Manifests that were rejected after a moment, and not accepted under the same name since. */
  public Rejected rejectedSince(Instant moment, int most) {
    return reads.read(connection -> new Rejections(connection).since(moment, most));
  }

  /** The processes that work on it, and those that have ended since; none where only one can. */
  public List<Node> nodes(Instant endedSince) {
    return reads.read(connection -> Nodes.since(connection, endedSince));
  }

  public List<GateState> gates() {
    return reads.read(connection -> new Gates(connection).all());
  }

  /** The gate that processes use, a halted one first; empty when none has used any. */
  public Optional<GateState> gateInUse(Instant now) {
    return reads.read(connection -> new Gates(connection).inUse(now.toEpochMilli()));
  }

  /** Whether a node works on the ledger, as far as the others know: one that is dead stays so. */
  public boolean isAlive(long node) {
    return reads.read(connection -> new Publishers(connection).isAlive(node));
  }

  @Override
  public Optional<GateState> gate(String authority) {
    return reads.read(connection -> new Gates(connection).load(authority));
  }

  @Override
  public long gateRevision(String authority) {
    return reads.read(connection -> new Gates(connection).revision(authority));
  }

  /** A reader of the same ledger with a separate connection, so that workers do not wait for it. */
  public LedgerReader aside() {
    try {
      return new LedgerReader(dialect, api) {
        @Override
        public void close() {
          closeReads();
        }
      };
    } catch (SQLException e) {
      throw reads.unread(e);
    }
  }

  /** Its own, where {@code reads} would be those of the one around it. */
  final void closeReads() {
    reads.close();
  }

  /** The ledger's file; empty when the ledger is on a server. */
  public Optional<Path> file() {
    return dialect.file();
  }

  @Override
  public void close() {
    try {
      reads.close();
    } finally {
      dialect.close();
    }
  }
}
