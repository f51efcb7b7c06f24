package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Hold;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowId;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads batches; usable on any connection. */
public final class Batches {
  private static final String BATCH =
      String.format(
          Locale.ROOT,
          """
      select b.number, b.id, b.manifest, b.stem, b.folder, b.source, b.archive, b.format,
             b.delimiter, b.header, b.sha256, b.rows, b.invalid, b.requests, b.accepted_at,
             b.cancelled_at, b.archived_at, b.completed_at,
             (select coalesce(sum(rows), 0)
                from part
               where batch = b.number
                 and output = 'success') as succeeded,
             (select coalesce(sum(rows), 0)
                from part
               where batch = b.number
                 and output = 'dead-letter') as dead,
             b.adopted, b.held, b.held_at, b.held_reason, b.held_dead, b.held_of, b.released_at,
             b.shared, %s as api,
             case when %s then 1 else 0 end as sandbox, b.elsewhere
        from batch b
      """,
          BatchApi.ADDRESS,
          BatchApi.SANDBOX);

  private final Connection connection;

  public Batches(Connection connection) {
    this.connection = connection;
  }

  public Optional<Batch> byId(String id) throws SQLException {
    return query("where b.id = ? /* id */", id).stream().findFirst();
  }

  /**
   * Batches whose id, or whose part of it that is the content's, begins so; the newest first.
   *
   * @param begin in any case
   */
  public List<Batch> beginning(String begin, int most) throws SQLException {
    String text = begin.toLowerCase(Locale.ROOT);
    return query(
        """
        where b.state <> 'loading'
          and (substr(lower(b.id), 1, length(cast(? as text))) = ? /* begin */
               or substr(lower(b.id), 18, length(cast(? as text))) = ? /* begin */)
        order by b.number desc
        limit ? /* most */
        """,
        text,
        text,
        text,
        text,
        most);
  }

  public Optional<Batch> byNumber(long number) throws SQLException {
    return query("where b.number = ? /* number */", number).stream().findFirst();
  }

  /** The accepted batch whose manifest lay here. */
  public Optional<Batch> bySource(Path source) throws SQLException {
    return query("where b.source = ? /* source */ and b.state <> 'loading'", source.toString())
        .stream()
        .findFirst();
  }

  /** The accepted batches of a content, the newest first. */
  public List<Batch> byContent(String sha256) throws SQLException {
    return query(
        "where b.sha256 = ? /* content */ and b.state <> 'loading' order by b.number desc", sha256);
  }

  public List<Batch> open() throws SQLException {
    return query("where b.state = 'open' order by b.number");
  }

  /** Open batches of a node that have no acknowledgement yet. */
  public List<Batch> unacknowledged(long publisher) throws SQLException {
    return query(
        """
        where b.state = 'open'
          and b.acknowledged_at is null
          and b.publisher = ? /* node */
        order by b.number
        """,
        publisher);
  }

  /** Cancelled batches that have unsettled rows. */
  public List<Batch> cancelled() throws SQLException {
    return query(
        """
        where b.state = 'open'
          and b.cancelled_at is not null
          and b.rows > (select coalesce(sum(rows), 0) from part where batch = b.number)
        """);
  }

  /** Batches that were cancelled since, some of which may be complete already. */
  public List<Batch> cancelledSince(Instant since) throws SQLException {
    return query("where b.cancelled_at >= ? /* since */", since.toEpochMilli());
  }

  /** Batches at work that are held, or were. */
  public List<Batch> onceHeld() throws SQLException {
    return query(
        """
        where b.state = 'open'
          and b.parked = 0
          and b.held_at is not null
        """);
  }

  public List<Batch> newest(int most) throws SQLException {
    return query("where b.state <> 'loading' order by b.number desc limit ? /* most */", most);
  }

  /** Open batches whose every row is settled. */
  public List<Batch> settled() throws SQLException {
    return query(
        """
        where b.state = 'open'
          and b.rows = (select coalesce(sum(rows), 0) from part where batch = b.number)
        order by b.number
        """);
  }

  /** Those of them that a node publishes. */
  public List<Batch> settled(long publisher) throws SQLException {
    return query(
        """
        where b.state = 'open'
          and b.publisher = ? /* node */
          and b.rows = (select coalesce(sum(rows), 0) from part where batch = b.number)
        order by b.number
        """,
        publisher);
  }

  public boolean hasSource(Path source) throws SQLException {
    String sql =
        """
        select 1
          from batch
         where source = ? /* source */
           and state <> 'loading'
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).text(source.toString()).query()) {
      return row.next();
    }
  }

  public long openTasks(long batch) throws SQLException {
    String sql =
        """
        select count(*)
          from progress indexed by progress_submitted
         where state = 'submitted'
           -- the plus keeps the planner on the small index of what is open
           and +id >= ? /* first of the batch */
           and +id < ? /* first of the next */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement).number(RowId.of(batch, 0)).number(RowId.of(batch + 1, 0)).query()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Tasks whose result is awaited, by the numbers of their batches; none where there are none. */
  public Map<Long, Long> openTasks() throws SQLException {
    String sql =
        """
        select id >> 32 as batch, count(*) as tasks
          from progress indexed by progress_submitted
         where state = 'submitted'
         group by id >> 32
        """;
    Map<Long, Long> tasks = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        tasks.put(row.getLong("batch"), row.getLong("tasks"));
      }
    }
    return tasks;
  }

  /** Numbers of half-read manifests whose process has ended. */
  public List<Long> abandoned() throws SQLException {
    String sql =
        """
        select number
          from batch
         where state = 'loading'
           and node not in (select epoch from node where ended_at is null)
        """;
    List<Long> numbers = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
    }
    return numbers;
  }

  private List<Batch> query(String condition, Object... binds) throws SQLException {
    List<Batch> batches = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(BATCH + condition)) {
      for (int i = 0; i < binds.length; i++) {
        statement.setObject(i + 1, binds[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          batches.add(batch(row));
        }
      }
    }
    return batches;
  }

  private static Batch batch(ResultSet row) throws SQLException {
    return new Batch(
        row.getLong("number"),
        row.getString("id"),
        row.getString("manifest"),
        row.getString("stem"),
        row.getString("folder"),
        Path.of(row.getString("source")),
        row.getInt("archive") == 1,
        BatchApi.of(row),
        layout(row),
        row.getString("sha256"),
        row.getLong("rows"),
        row.getLong("invalid"),
        row.getLong("adopted"),
        row.getLong("shared"),
        row.getLong("succeeded"),
        row.getLong("dead"),
        row.getLong("requests"),
        hold(row),
        row.getInt("held") == 1,
        Times.instant(row, "accepted_at"),
        Times.instant(row, "cancelled_at"),
        Times.instant(row, "archived_at"),
        Times.instant(row, "completed_at"));
  }

  private static Layout layout(ResultSet row) throws SQLException {
    return new Layout(
        Format.valueOf(row.getString("format")),
        row.getString("delimiter").charAt(0),
        row.getString("header"));
  }

  private static Hold hold(ResultSet row) throws SQLException {
    Instant at = Times.instant(row, "held_at");
    return at == null
        ? null
        : new Hold(
            at,
            reason(row.getString("held_reason")),
            row.getLong("held_dead"),
            row.getLong("held_of"),
            Times.instant(row, "released_at"));
  }

  private static Reason reason(String name) {
    return name == null ? null : Reason.valueOf(name);
  }
}
