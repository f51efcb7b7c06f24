package io.facedrop.ledger.settle;

import io.facedrop.api.RequestKind;
import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.view.Traffic;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Takes in what a node brings when it is dead for the others already: its row was in doubt, and has
 * gone on without it. A task that was created is paid for, so a row that is not out goes on with
 * it.
 */
public final class LateAnswers {
  private final Transitions transitions;
  private final Events events;
  private final Prepared count;
  private final Prepared find;
  private final Prepared shrink;
  private final Prepared close;
  private final Prepared reopen;
  private final Prepared forget;
  private final Prepared claim;
  private final Prepared worked;

  /** How a row stands when an answer comes late. */
  private record Standing(
      RowState state, Reason reason, long part, long line, boolean claimed, boolean fixed) {

    /** Whether it can still go on with a task. */
    boolean isFree() {
      return !claimed && !fixed && (state == null || state == RowState.WAITING || isInDoubt());
    }

    boolean isInDoubt() {
      return state == RowState.DEAD && reason == Reason.IN_DOUBT;
    }
  }

  public LateAnswers(Connection connection, Transitions transitions) throws SQLException {
    this.transitions = transitions;
    events = new Events(connection);
    count =
        new Prepared(
            connection,
            """
            update node
               set late = late + 1
             where epoch = ? /* node */
            """);
    find =
        new Prepared(
            connection,
            """
            select m.line, p.state, p.reason, p.part,
                   case when c.row_id is null then 0 else 1 end as claimed,
                   coalesce(c.node, 0) as claimed_by,
                   case when a.state <> 'open'
                          or exists (select 1 from follower f where f.leader = m.id)
                        then 1 else 0 end as fixed
              from manifest_row m
              left join progress p on p.id = m.id
              left join claim c on c.row_id = m.id
              left join part a on a.batch = m.id >> 32
                              and a.output = 'dead-letter'
                              and a.number = p.part
             where m.id = ? /* row */
            """);
    shrink =
        new Prepared(
            connection,
            """
            update part
               set rows = rows - 1
             where batch = ? /* batch */
               and output = 'dead-letter'
               and number = ? /* part */
               and state = 'open'
            """);
    close =
        new Prepared(
            connection,
            """
            delete from part
             where batch = ? /* batch */
               and state = 'open'
               and rows = 0
            """);
    reopen =
        new Prepared(
            connection,
            """
            update progress
               set state = 'waiting',
                   part = null,
                   reason = null,
                   settled_at = null,
                   due_at = 0
             where id = ? /* row */
               and state = 'dead'
            """);
    forget =
        new Prepared(
            connection,
            """
            update traffic
               set dead = dead - 1
             where batch = ? /* batch */
               and kind = 'CREATE'
               and latency = ? /* unknown */
               and second = (select max(t.second)
                               from traffic t
                              where t.batch = traffic.batch
                                and t.kind = traffic.kind
                                and t.latency = traffic.latency
                                and t.dead > 0)
            """);
    claim =
        new Prepared(
            connection,
            """
            insert into claim (row_id, claimed_at)
            values (? /* row */, ? /* now */)
            """);
    worked =
        new Prepared(
            connection,
            """
            update batch
               set worked = 1
             where number = ? /* batch */
            """);
  }

  /**
   * Takes one in.
   *
   * @param late what the row would have become
   * @param node that brings it
   * @return what came of it, in words
   */
  public String take(Transition late, long node, long now) throws SQLException {
    Bound.to(count).number(node).update();
    try (ResultSet row = Bound.to(find).number(late.row()).query()) {
      if (!row.next()) {
        return "its batch is removed";
      }
      if (row.getInt("claimed") == 1 && row.getLong("claimed_by") == node) {
        transitions.settle(List.of(late), now);
        return "nobody had taken its row over";
      }
      return take(late, standing(row), now);
    }
  }

  private static Standing standing(ResultSet row) throws SQLException {
    String state = row.getString("state");
    String reason = row.getString("reason");
    return new Standing(
        state == null ? null : RowState.of(state),
        reason == null ? null : Reason.valueOf(reason),
        row.getLong("part"),
        row.getLong("line"),
        row.getInt("claimed") == 1,
        row.getInt("fixed") == 1);
  }

  private String take(Transition late, Standing standing, long now) throws SQLException {
    boolean created =
        late.task() != null
            && late.request() != null
            && late.request().kind() == RequestKind.CREATE;
    if (!created) {
      return "it changes nothing";
    }
    boolean goesOn = standing.isFree() && late.state() != RowState.DEAD;
    if (goesOn) {
      goOn(late, standing, now);
    }
    String news =
        "line "
            + standing.line()
            + ": a node that had lost its claim of the row has created the task "
            + late.task().id()
            + (goesOn ? ", and the row goes on with it" : "; the row has gone on without it");
    events.noteOf(RowId.batch(late.row()), news, now);
    return news;
  }

  private void goOn(Transition late, Standing standing, long now) throws SQLException {
    long batch = RowId.batch(late.row());
    if (standing.state() == null) {
      Bound.to(claim).number(late.row()).number(now).updateOneOfRow("claim", late.row());
      transitions.settle(List.of(late), now);
      return;
    }
    if (standing.isInDoubt()) {
      Bound.to(shrink).number(batch).number(standing.part()).updateOne("open part of batch", batch);
      Bound.to(close).number(batch).update();
      Bound.to(reopen).number(late.row()).updateOneOfRow("dead letter", late.row());
      Bound.to(forget).number(batch).number((long) Traffic.UNKNOWN).update();
    }
    transitions.record(List.of(late), now);
    Bound.to(worked).number(batch).updateOne("batch number", batch);
  }
}
