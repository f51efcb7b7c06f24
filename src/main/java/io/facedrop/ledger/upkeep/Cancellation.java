package io.facedrop.ledger.upkeep;

import io.facedrop.ledger.claim.ClaimedRows;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Answered;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Counters;
import io.facedrop.ledger.model.Ending;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.settle.RowOutcome;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.Transitions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Turns the rows of a cancelled batch that are not out into dead letters, some at a time. */
public final class Cancellation {
  private static final int AT_A_TIME = 1000;

  private final Transitions transitions;
  private final Prepared cancel;
  private final Prepared waiting;
  private final Prepared position;
  private final Prepared pending;
  private final Prepared advance;
  private final Prepared awaited;

  public Cancellation(Connection connection, Transitions transitions) throws SQLException {
    this.transitions = transitions;
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
               and p.state in ('waiting', 'unproven')
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
            select m.id, 0, 0, 0, null, null
              from manifest_row m
             where m.id >= ? /* next */
               and m.id < ? /* end */
               and not exists (select 1 from progress p where p.id = m.id)
               and not exists (select 1 from follower f where f.row_id = m.id)
               -- one that went out before its turn is settled when it is back
               and not exists (select 1 from claim c where c.row_id = m.id)
             order by m.id
             limit ? /* at a time */
            """);
    awaited =
        new Prepared(
            connection,
            "select "
                + ClaimedRows.COLUMNS
                + """

              from progress p indexed by progress_submitted
              join manifest_row m on m.id = p.id
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
   * Gives up some tasks of a cancelled batch of another API, which are not queried now. If their
   * dead letters are dropped again at that API, facedrop continues the tasks. Returns 0 when none
   * is left.
   */
  public int giveUpSome(long batch, long now) throws SQLException {
    List<Transition> rows = new ArrayList<>();
    try (ResultSet row =
        Bound.to(awaited)
            .number(RowId.of(batch, 0))
            .number(RowId.of(batch + 1, 0))
            .number(AT_A_TIME)
            .query()) {
      while (row.next()) {
        ClaimedRow claimed = ClaimedRows.of(row, false);
        rows.add(givenUp(claimed));
      }
    }
    transitions.record(rows, now);
    return rows.size();
  }

  private static Transition givenUp(ClaimedRow claimed) {
    return new RowOutcome(
            claimed, Outcome.withoutAnswer(Outcome.Kind.DEAD_LETTER, Transition.CANCELLED), null)
        .deadTask(Reason.CANCELLED, 0, claimed.task());
  }

  /** Marks the batch; from this commit on nothing of it is claimed. */
  public boolean cancel(long batch, long now) throws SQLException {
    return Bound.to(cancel).number(now).number(batch).update() == 1;
  }

  /** Settles some rows; 0 when none is left but those out right now. */
  public int settleSome(long batch, long now) throws SQLException {
    long next;
    long end;
    try (ResultSet row = Bound.to(position).number(batch).query()) {
      if (!row.next()) {
        return 0;
      }
      next = row.getLong(1);
      end = row.getLong(2);
    }
    List<Transition> rows = transitions(waiting, RowId.of(batch, 0), RowId.of(batch + 1, 0));
    long reached = Math.min(end, next + AT_A_TIME);
    rows.addAll(transitions(pending, RowId.of(batch, next), RowId.of(batch, reached)));
    transitions.record(rows, now);
    Bound.to(advance).number(reached).number(batch).updateOne("batch number", batch);
    return rows.size() + (int) (reached - next);
  }

  private static List<Transition> transitions(Prepared statement, long from, long end)
      throws SQLException {
    List<Transition> rows = new ArrayList<>();
    try (ResultSet row = Bound.to(statement).number(from).number(end).number(AT_A_TIME).query()) {
      while (row.next()) {
        rows.add(cancelled(row));
      }
    }
    return rows;
  }

  private static Transition cancelled(ResultSet row) throws SQLException {
    Counters counters = new Counters(row.getInt(2), row.getInt(3), row.getInt(4) == 1);
    return Transition.dead(
        row.getLong(1),
        counters,
        Ending.dead(Reason.CANCELLED, Reason.CANCELLED.chargedAfter(counters.attempts())),
        new Answered((Integer) row.getObject(5), (Integer) row.getObject(6), Transition.CANCELLED));
  }
}
