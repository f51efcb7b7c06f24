package io.facedrop.ledger.notice;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Hold;
import io.facedrop.ledger.model.Notice;
import io.facedrop.words.Count;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Posts what happens to batches; usable on any connection. */
public final class BatchNotices {
  private final Connection connection;
  private final NoticeBoard board;

  public BatchNotices(Connection connection) {
    this.connection = connection;
    this.board = new NoticeBoard(connection);
  }

  /** A manifest has become a batch. */
  public void accepted(long batch, long now) throws SQLException {
    if (board.isWanted()) {
      Told told = told(batch);
      board.post(
          Notice.Kind.MANIFEST_ACCEPTED,
          batch,
          told.facts(told.path() + " was accepted as batch " + told.id())
              .and("invalid", told.invalid()),
          now);
    }
  }

  /** Posts that a batch is held until an operator decides. */
  public void held(long batch, Hold hold, long now) throws SQLException {
    if (board.isWanted()) {
      Told told = told(batch);
      board.post(
          Notice.Kind.BATCH_HELD,
          batch,
          told.facts("batch " + told.id() + " of " + told.path() + " is held: " + hold.found())
              .and("reason", hold.reason() == null ? null : hold.reason().name()),
          now);
    }
  }

  /** A batch has ended, and all of it is published. */
  public void complete(long batch, long now) throws SQLException {
    if (board.isWanted()) {
      Told told = told(batch);
      String sums =
          Count.of(told.rows(), "row")
              + " = "
              + Count.number(told.succeeded())
              + " succeeded + "
              + Count.of(told.dead(), "dead letter");
      board.post(
          Notice.Kind.BATCH_COMPLETE,
          batch,
          told.facts("batch " + told.id() + " of " + told.path() + " is complete: " + sums)
              .and("succeeded", told.succeeded())
              .and("dead_letters", told.dead()),
          now);
    }
  }

  /** Rows of a batch are in doubt; those of a while become one notice. */
  public void doubts(long batch, long rows, long now) throws SQLException {
    Doubts doubts = new Doubts(connection);
    if (board.isWanted() && !doubts.addTo(batch, rows, now)) {
      board.add(
          Notice.Kind.ROWS_IN_DOUBT,
          batch,
          Doubts.facts(told(batch).facts(""), rows),
          now + Doubts.WHILE_MILLIS,
          now);
    }
  }

  /** Results of a batch are paid for, and expire before they are published. */
  void expiring(long batch, Facts facts, long now) throws SQLException {
    board.post(Notice.Kind.EXPIRING, batch, facts, now);
  }

  /** What every notice of a batch tells. */
  record Told(
      String id, String path, String node, long rows, long invalid, long succeeded, long dead) {
    Facts facts(String message) {
      return Facts.saying(message)
          .and("batch", id)
          .and("manifest", path)
          .and("node", node)
          .and("rows", rows);
    }
  }

  Told told(long batch) throws SQLException {
    String sql =
        """
        select b.id, b.folder, b.manifest, b.rows, b.invalid, n.name,
               (select coalesce(sum(p.rows), 0)
                  from part p
                 where p.batch = b.number
                   and p.output = 'success') as succeeded,
               (select coalesce(sum(p.rows), 0)
                  from part p
                 where p.batch = b.number
                   and p.output = 'dead-letter') as dead
          from batch b
          left join node n on n.epoch = b.publisher
         where b.number = ? /* batch */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(batch).query()) {
      row.next();
      return new Told(
          row.getString("id"),
          row.getString("folder") + row.getString("manifest"),
          row.getString("name"),
          row.getLong("rows"),
          row.getLong("invalid"),
          row.getLong("succeeded"),
          row.getLong("dead"));
    }
  }
}
