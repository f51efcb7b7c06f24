package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Turns the rows of a cancelled batch that are not out into dead letters, some at a time. */
final class Cancellation {
  static final String MESSAGE = "the batch was cancelled before this row succeeded";
  private static final int AT_A_TIME = 1000;

  private final Settlements settlements;
  private final Prepared cancel;
  private final Prepared waiting;
  private final Prepared position;
  private final Prepared pending;
  private final Prepared advance;
  private final Prepared awaited;

  Cancellation(Connection connection, Settlements settlements) throws SQLException {
    this.settlements = settlements;
    cancel =
        new Prepared(
            connection,
            """
            update batch
               set cancelled_at = ?, /* now */
                   held = 0
             where number = ? /* batch */
               and state = 'open'
               and cancelled_at is null
               -- one that only waits to be published has nothing to cancel
               and rows > (select coalesce(sum(p.rows), 0)
                             from part p
                            where p.batch = batch.number)
            """);
    waiting =
        new Prepared(
            connection,
            """
            select p.id, p.attempts, p.requests, p.possible_duplicate, p.code, p.http_status
              from progress p
             where p.due_at is not null
               and p.state <> 'submitted'
               and p.state in ('waiting', 'held')
               -- the plus keeps the planner on the small index of what waits
               and +p.id >= ? /* first of the batch */
               and +p.id < ? /* first of the next */
             limit ? /* at a time */
            """);
    position =
        new Prepared(
            connection,
            """
            select next_position, rows
              from batch
             where number = ? /* batch */
               and state = 'open'
               and cancelled_at is not null
            """);
    pending =
        new Prepared(
            connection,
            """
            select i.id, 0, 0, 0, null, null
              from image i
             where i.id >= ? /* next */
               and i.id < ? /* end */
               and not exists (select 1 from progress p where p.id = i.id)
               and not exists (select 1 from follower f where f.image = i.id)
               -- one that went out before its turn is settled when it is back
               and not exists (select 1 from claim c where c.image = i.id)
             order by i.id
             limit ? /* at a time */
            """);
    awaited =
        new Prepared(
            connection,
            """
            select p.id, i.url, i.line, p.attempts, p.requests, p.possible_duplicate,
                   p.detect_task_id, p.submitted_at, p.unfinished_at, p.poll_failures,
                   p.missing_since
              from progress p indexed by progress_submitted
              join image i on i.id = p.id
              join batch b on b.number = p.id >> 32
             where p.state = 'submitted'
               and +p.id >= ? /* first of the batch */
               and +p.id < ? /* first of the next */
               and b.elsewhere = 1
               and b.cancelled_at is not null
             limit ? /* at a time */
            """);
    advance =
        new Prepared(
            connection,
            """
            update batch
               set next_position = ? /* position */
             where number = ? /* batch */
            """);
  }

  /**
   * Gives up some tasks of a cancelled batch of another API, which nobody asks for meanwhile; who
   * drops their dead letters at that API goes on with them. 0 when none is left.
   */
  int giveUpSome(long batch, long now) throws SQLException {
    List<Settlement> rows = new ArrayList<>();
    try (ResultSet row =
        Bound.to(awaited)
            .number(Image.id(batch, 0))
            .number(Image.id(batch + 1, 0))
            .number(AT_A_TIME)
            .query()) {
      while (row.next()) {
        Image image = Claims.claimed(row);
        rows.add(givenUp(image));
      }
    }
    settlements.record(rows, now);
    return rows.size();
  }

  private static Settlement givenUp(Image image) {
    return new RowOutcome(image, Outcome.withoutAnswer(Outcome.Kind.DEAD_LETTER, MESSAGE), null)
        .deadTask(Reason.CANCELLED, 0, image.task());
  }

  /** Marks the batch; from this commit on nothing of it is claimed. */
  boolean cancel(long batch, long now) throws SQLException {
    return Bound.to(cancel).number(now).number(batch).update() == 1;
  }

  /** Settles some rows; 0 when none is left but those out right now. */
  int settleSome(long batch, long now) throws SQLException {
    long next;
    long end;
    try (ResultSet row = Bound.to(position).number(batch).query()) {
      if (!row.next()) {
        return 0;
      }
      next = row.getLong(1);
      end = row.getLong(2);
    }
    List<Settlement> rows = settlements(waiting, Image.id(batch, 0), Image.id(batch + 1, 0));
    long reached = Math.min(end, next + AT_A_TIME);
    rows.addAll(settlements(pending, Image.id(batch, next), Image.id(batch, reached)));
    settlements.record(rows, now);
    Bound.to(advance).number(reached).number(batch).updateOne("batch");
    return rows.size() + (int) (reached - next);
  }

  private static List<Settlement> settlements(Prepared statement, long from, long end)
      throws SQLException {
    List<Settlement> rows = new ArrayList<>();
    try (ResultSet row = Bound.to(statement).number(from).number(end).number(AT_A_TIME).query()) {
      while (row.next()) {
        rows.add(cancelled(row));
      }
    }
    return rows;
  }

  private static Settlement cancelled(ResultSet row) throws SQLException {
    return new Settlement(
            row.getLong(1),
            Settlement.State.WAITING,
            null,
            row.getInt(2),
            row.getInt(3),
            null,
            row.getInt(4) == 1,
            null,
            Charged.UNKNOWN,
            null,
            (Integer) row.getObject(5),
            (Integer) row.getObject(6),
            "",
            null)
        .cancelled();
  }
}
