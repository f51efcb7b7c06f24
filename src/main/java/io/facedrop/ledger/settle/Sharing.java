package io.facedrop.ledger.settle;

import io.facedrop.ledger.fault.UnexpectedChangeException;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.model.RowState;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Gives the outcome of the first row of a URL to the rows that repeat it, some at a time.
 *
 * <p>The commit that settles the first row, the leader, records that its followers must be settled.
 * So this work resumes after any interruption.
 */
public final class Sharing {
  private static final int AT_A_TIME = 2000;

  private final OpenParts parts;
  private final EndingCounts ended;
  private final TrafficCounts traffic;
  private final Prepared follow;
  private final Prepared grow;
  private final Prepared begin;
  private final Prepared first;
  private final Prepared followers;
  private final Prepared record;
  private final Prepared advance;
  private final Prepared end;

  /** A settled leader, and from where on its followers are not. */
  private record Due(long leader, long next, Output output, Reason reason) {}

  public Sharing(Connection connection, OpenParts parts, EndingCounts ended) throws SQLException {
    this.parts = parts;
    this.ended = ended;
    traffic = new TrafficCounts(connection);
    follow =
        new Prepared(
            connection,
            """
            insert into follower (row_id, leader)
            values (? /* row */, ? /* leader */)
            on conflict do nothing
            """);
    grow =
        new Prepared(
            connection,
            """
            update batch
               set shared = shared + ? /* rows */
             where number = ? /* batch */
               and state = 'loading'
            """);
    begin =
        new Prepared(
            connection,
            """
            insert into sharing (leader, next_follower)
            select leader, row_id
              from follower
             where leader = ? /* row */
             order by row_id
             limit 1
            """);
    first =
        new Prepared(
            connection,
            """
            select s.leader, s.next_follower, p.state, p.reason
              from sharing s
              join progress p on p.id = s.leader
             order by s.leader
             limit 1
            """);
    followers =
        new Prepared(
            connection,
            """
            select count(*), min(row_id), max(row_id)
              from (select row_id
                      from follower
                     where leader = ? /* leader */
                       and row_id >= ? /* next */
                     order by row_id
                     limit ? /* at a time */) s
            """);
    record =
        new Prepared(
            connection,
            """
            insert into progress
                   (id, stage, state, attempts, requests, detect_task_id, submitted_at, unfinished_at,
                    part, charged, settled_at, reason, code, http_status, message, detect_id,
                    face_count, faces, detected_at, expires_at)
            select f.row_id, l.stage, l.state, 0, 0, l.detect_task_id, l.submitted_at, l.unfinished_at,
                   ? /* part */, 'no', l.settled_at, l.reason, l.code, l.http_status, l.message,
                   l.detect_id, l.face_count, l.faces, l.detected_at, l.expires_at
              from follower f
              join progress l on l.id = f.leader
             where f.leader = ? /* leader */
               and f.row_id between ? /* first */ and ? /* last */
            """);
    advance =
        new Prepared(
            connection,
            """
            update sharing
               set next_follower = ? /* next */
             where leader = ? /* leader */
            """);
    end =
        new Prepared(
            connection,
            """
            delete from sharing
             where leader = ? /* leader */
            """);
  }

  /** Notes rows of a manifest that is being read and that are not to be sent. */
  public void follow(long batch, List<Follower> rows) throws SQLException {
    int added = 0;
    for (Follower row : rows) {
      added += Bound.to(follow).number(row.row()).number(row.leader()).update();
    }
    Bound.to(grow).number(added).number(batch).updateOne("loading batch number", batch);
  }

  /** A row was settled: its followers are to be, if it has any. */
  public void begin(long row) throws SQLException {
    Bound.to(begin).number(row).update();
  }

  /** Settles some followers; how many, 0 when none is left whose leader is settled. */
  public int settleSome(long now) throws SQLException {
    int settled = 0;
    while (settled < AT_A_TIME) {
      Due due = first();
      if (due == null) {
        return settled;
      }
      settled += settle(due, AT_A_TIME - settled, now);
    }
    return settled;
  }

  private Due first() throws SQLException {
    try (ResultSet row = first.query()) {
      if (!row.next()) {
        return null;
      }
      boolean success = row.getString(3).equals(RowState.SUCCEEDED.word());
      return new Due(
          row.getLong(1),
          row.getLong(2),
          success ? Output.SUCCESS : Output.DEAD_LETTER,
          success ? null : Reason.valueOf(row.getString(4)));
    }
  }

  private int settle(Due due, int most, long now) throws SQLException {
    OpenParts.Rows rows = followers(due, most);
    if (rows.count() > 0) {
      record(due, rows, now);
    }
    if (rows.count() < most) {
      Bound.to(end).number(due.leader()).updateOneOfRow("settled leader", due.leader());
    } else {
      Bound.to(advance)
          .number(rows.last() + 1)
          .number(due.leader())
          .updateOneOfRow("settled leader", due.leader());
    }
    return (int) rows.count();
  }

  private OpenParts.Rows followers(Due due, long most) throws SQLException {
    try (ResultSet row =
        Bound.to(followers).number(due.leader()).number(due.next()).number(most).query()) {
      row.next();
      return new OpenParts.Rows(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  private void record(Due due, OpenParts.Rows rows, long now) throws SQLException {
    long part = parts.count(rows, due.output(), now).part();
    int recorded =
        Bound.to(record)
            .number(part)
            .number(due.leader())
            .number(rows.first())
            .number(rows.last())
            .update();
    if (recorded != rows.count()) {
      throw new UnexpectedChangeException(
          rows.count(), "followers of " + RowId.words(due.leader()), recorded);
    }
    traffic.addShared(rows, due.output(), now);
    ended.add(due.reason(), rows.count());
  }
}
