package io.facedrop.ledger.read;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.EndedRow;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.model.RowState;
import io.facedrop.words.Cause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Rows of a batch that have ended, in the order of their lines, read some at a time. While they are
 * used, the next are read by a thread of its own: to read them takes as long as to write them out.
 */
public final class EndedRows implements AutoCloseable {
  private static final int AT_A_TIME = 1000;

  /** Of a page, besides its last row: rows may be of a million characters each. */
  private static final int MOST_CHARACTERS = 1 << 20;

  private final Connection connection;
  private final PreparedStatement page;
  private final Selection selection;
  private final boolean successes;
  private Iterator<EndedRow> rows = List.<EndedRow>of().iterator();
  private long next;
  private boolean more = true;
  private ExecutorService reader;
  private CompletableFuture<List<EndedRow>> ahead;

  /**
   * Which rows.
   *
   * @param condition with one parameter
   * @param last id
   */
  private record Selection(
      Output output, String condition, Object parameter, long first, long last) {}

  private EndedRows(Connection connection, Selection selection) throws SQLException {
    this.connection = connection;
    this.selection = selection;
    this.successes = selection.output() == Output.SUCCESS;
    this.next = selection.first();
    page =
        connection.prepareStatement(
            String.format(
                Locale.ROOT,
                """
            select p.id, m.line, m.image_url, m.before, m.after, m.origin, p.attempts, p.requests,
                   p.possible_duplicate, p.detect_task_id, p.charged, p.settled_at, %s
              from progress p
              join manifest_row m on m.id = p.id
             where p.id between ? /* next */ and ? /* last */
               and p.state = ? /* state */
               %s
             order by p.id
             limit %d
            """,
                successes
                    ? "p.detect_id, p.face_count, p.faces, p.detected_at, p.expires_at"
                    : "p.reason, p.code, p.http_status, p.message",
                selection.condition(),
                AT_A_TIME));
  }

  /** The rows of a closed part. */
  public static EndedRows of(Connection connection, Part part) throws SQLException {
    return new EndedRows(
        connection,
        new Selection(
            part.output(),
            "and p.part = ? /* part */",
            (long) part.number(),
            part.firstRow(),
            part.lastRow()));
  }

  /** The dead letters of a batch, for these reasons, that were not dropped again. */
  public static EndedRows toDropAgain(Connection connection, Batch batch, Set<Reason> reasons)
      throws SQLException {
    String named =
        reasons.stream()
            .map(reason -> "'" + reason.name() + "'")
            .collect(Collectors.joining(", ", "and p.reason in (", ")\n"));
    return new EndedRows(
        connection,
        new Selection(
            Output.DEAD_LETTER,
            named + DroppedAgain.NOT_DROPPED_AGAIN,
            batch.id(),
            RowId.of(batch.number(), 0),
            RowId.of(batch.number() + 1, 0) - 1));
  }

  /** The next row; null after the last. */
  public EndedRow next() {
    if (!rows.hasNext()) {
      rows = nextPage().iterator();
    }
    return rows.hasNext() ? rows.next() : null;
  }

  private List<EndedRow> nextPage() {
    List<EndedRow> current = ahead == null ? read() : awaited();
    ahead = null;
    if (more) {
      if (reader == null) {
        reader = Executors.newSingleThreadExecutor(EndedRows::thread);
      }
      ahead = CompletableFuture.supplyAsync(this::read, reader);
    }
    return current;
  }

  private List<EndedRow> awaited() {
    try {
      return ahead.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof LedgerException failure ? failure : e;
    }
  }

  private List<EndedRow> read() {
    List<EndedRow> found = new ArrayList<>();
    long characters = 0;
    more = false;
    RowState state = successes ? RowState.SUCCEEDED : RowState.DEAD;
    try (ResultSet row = query(state)) {
      while (!more && row.next()) {
        EndedRow settled = row(row);
        found.add(settled);
        next = row.getLong(1) + 1;
        characters += settled.characters();
        more = found.size() == AT_A_TIME || characters > MOST_CHARACTERS;
      }
    } catch (SQLException e) {
      throw new LedgerException("the ledger could not be read: " + Cause.of(e), e);
    }
    return found;
  }

  private ResultSet query(RowState state) throws SQLException {
    Bound bound = Bound.to(page).number(next).number(selection.last()).text(state.word());
    return selection.parameter() instanceof Long number
        ? bound.number(number).query()
        : bound.text((String) selection.parameter()).query();
  }

  /** What a success has that a dead letter has not is not asked for, and the other way round. */
  private EndedRow row(ResultSet row) throws SQLException {
    String charged = row.getString(11);
    return new EndedRow(
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getInt(7),
        row.getInt(8),
        row.getInt(9) == 1,
        row.getString(10),
        charged,
        Instant.ofEpochMilli(row.getLong(12)),
        successes ? null : row.getString(13),
        successes ? null : (Integer) row.getObject(14),
        successes ? null : (Integer) row.getObject(15),
        successes ? null : row.getString(16),
        successes ? row.getString(13) : null,
        successes ? (Integer) row.getObject(14) : null,
        successes ? row.getString(15) : null,
        successes ? Times.instant(row, 16) : null,
        successes ? Times.instant(row, 17) : null);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "facedrop-part-reader");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    if (ahead != null) {
      ahead.handle((page, failure) -> page).join();
    }
    if (reader != null) {
      reader.shutdown();
    }
    try {
      connection.close();
    } catch (SQLException e) {
      throw new LedgerException("the ledger could not be closed: " + Cause.of(e), e);
    }
  }
}
