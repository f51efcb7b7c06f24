package io.facedrop.ledger.read;

import io.facedrop.api.RequestKind;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.model.Answered;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.view.DeadLetter;
import io.facedrop.ledger.view.RowHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads single rows with all that is known of them. */
public final class RowHistories {
  private final Connection connection;

  public RowHistories(Connection connection) {
    this.connection = connection;
  }

  /** The row that starts on a line of a manifest; empty when none does, or its rows are gone. */
  public Optional<RowHistory> of(Batch batch, long line) throws SQLException {
    long id = find(batch, line);
    return id < 0 ? Optional.empty() : Optional.of(read(batch, id));
  }

  /** Lines rise with the ids. */
  private long find(Batch batch, long line) throws SQLException {
    String sql =
        """
        select line
          from manifest_row
         where id = ? /* row */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      long low = 0;
      long high = batch.rows() - 1;
      while (low <= high) {
        long middle = (low + high) / 2;
        long id = RowId.of(batch.number(), middle);
        try (ResultSet row = Bound.to(statement).number(id).query()) {
          if (!row.next()) {
            return -1;
          }
          long found = row.getLong("line");
          if (found == line) {
            return id;
          }
          low = found < line ? middle + 1 : low;
          high = found < line ? high : middle - 1;
        }
      }
      return -1;
    }
  }

  private RowHistory read(Batch batch, long id) throws SQLException {
    String sql =
        """
        select m.line, m.image_url, m.origin,
               case when c.row_id is null then coalesce(p.state, 'pending')
                    else 'claimed' end as state,
               case when p.dated = 1 then p.due_at end as due_at,
               coalesce(p.attempts, 0) as attempts, coalesce(p.requests, 0) as requests,
               p.detect_task_id, p.submitted_at, p.settled_at, p.reason, p.code, p.http_status,
               p.message, p.face_count, a.output, a.file
          from manifest_row m
          left join progress p on p.id = m.id
          left join claim c on c.row_id = m.id
          left join part a on a.batch = m.id >> 32
                          and a.number = p.part
                          and a.output = case when p.state = 'succeeded' then 'success'
                                              else 'dead-letter' end
         where m.id = ? /* row */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(id).query()) {
      row.next();
      String origin = row.getString("origin");
      long line = row.getLong("line");
      return new RowHistory(
          line,
          row.getString("image_url"),
          origin,
          row.getString("state"),
          Times.instant(row, "due_at"),
          row.getInt("attempts"),
          row.getInt("requests"),
          row.getString("detect_task_id"),
          Times.instant(row, "submitted_at"),
          Times.instant(row, "settled_at"),
          row.getString("reason"),
          answered(row),
          (Integer) row.getObject("face_count"),
          row.getString("output"),
          row.getString("file"),
          laterDrops(origin == null ? batch.id() + ":" + line : origin, id),
          kept(id));
    }
  }

  /** The lines of a batch with this URL, byte for byte. */
  public List<Long> linesOf(long batch, String url, int most) throws SQLException {
    String sql =
        """
        select line
          from manifest_row
         where id >= ? /* first of the batch */
           and id < ? /* first of the next */
           and image_url = ? /* URL */
         order by id
         limit ? /* most */
        """;
    List<Long> lines = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(RowId.of(batch, 0))
                .number(RowId.of(batch + 1, 0))
                .text(url)
                .number(most)
                .query()) {
      while (row.next()) {
        lines.add(row.getLong("line"));
      }
    }
    return lines;
  }

  /** The first dead letters of a batch for a reason. */
  public List<DeadLetter> firstDead(long batch, String reason, int most) throws SQLException {
    String sql =
        """
        select m.line, m.image_url, p.reason, p.message
          from progress p
          join manifest_row m on m.id = p.id
         where p.id >= ? /* first of the batch */
           and p.id < ? /* first of the next */
           and p.state = 'dead'
           and p.reason = ? /* reason */
         order by p.id
         limit ? /* most */
        """;
    List<DeadLetter> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(RowId.of(batch, 0))
                .number(RowId.of(batch + 1, 0))
                .text(reason)
                .number(most)
                .query()) {
      while (row.next()) {
        found.add(
            new DeadLetter(
                row.getLong("line"),
                row.getString("image_url"),
                row.getString("reason"),
                row.getString("message")));
      }
    }
    return found;
  }

  private static Answered answered(ResultSet row) throws SQLException {
    return row.getString("message") == null
        ? null
        : new Answered(
            (Integer) row.getObject("code"),
            (Integer) row.getObject("http_status"),
            row.getString("message"));
  }

  private List<String> laterDrops(String origin, long id) throws SQLException {
    String sql =
        """
        select b.id
          from manifest_row m
          join batch b on b.number = m.id >> 32
         where m.origin = ? /* first drop */
           and m.id > ? /* row */
           and b.state <> 'loading'
         order by m.id
        """;
    List<String> batches = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).text(origin).number(id).query()) {
      while (row.next()) {
        batches.add(row.getString("id"));
      }
    }
    return batches;
  }

  private List<RowHistory.Sent> kept(long id) throws SQLException {
    String sql =
        """
        select r.number, r.sent_at, r.kind, r.code, r.http_status, r.millis, n.name as node,
               r.message, r.state, r.reason
          from request r
          left join node n on n.epoch = r.node
         where r.row_id = ? /* row */
         order by r.number
        """;
    List<RowHistory.Sent> kept = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(id).query()) {
      while (row.next()) {
        kept.add(sent(row));
      }
    }
    return kept;
  }

  private static RowHistory.Sent sent(ResultSet row) throws SQLException {
    long known = row.getLong("millis");
    Long millis = row.wasNull() ? null : known;
    return new RowHistory.Sent(
        row.getInt("number"),
        Times.instant(row, "sent_at"),
        RequestKind.valueOf(row.getString("kind")),
        (Integer) row.getObject("code"),
        (Integer) row.getObject("http_status"),
        millis,
        row.getString("node"),
        row.getString("message"),
        row.getString("state"),
        row.getString("reason"));
  }
}
