package io.facedrop.ledger.settle;

import io.facedrop.api.RequestKind;
import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Hold;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.Request;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.notice.BatchNotices;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Judges each batch by its first answers: when most of them are dead letters of one reason, it is
 * the batch that is wrong, and it is held before it costs more.
 *
 * <p>The samples are kept in memory beside the table, so that a batch that is judged costs a look
 * into a map. Only the writer's thread may use it.
 */
public final class Trials {
  private static final Sample JUDGED = new Sample(0);

  private final int size;
  private final Events events;
  private final BatchNotices notices;
  private final Map<Long, Sample> samples = new HashMap<>();
  private final Prepared isJudged;
  private final Prepared load;
  private final Prepared keep;
  private final Prepared hold;
  private final Prepared judge;
  private final Prepared remove;

  /**
   * @param size how many first answers of a batch are looked at; 0 for none
   */
  public Trials(Connection connection, int size) throws SQLException {
    this.size = size;
    events = new Events(connection);
    notices = new BatchNotices(connection);
    isJudged =
        new Prepared(
            connection,
            """
            select judged
              from batch
             where number = ? /* batch */
            """);
    load =
        new Prepared(
            connection,
            """
            select row_id, came_to
              from trial
             where row_id >= ? /* first of the batch */
               and row_id < ? /* first of the next */
            """);
    keep =
        new Prepared(
            connection,
            """
            insert into trial (row_id, came_to)
            select ? /* row */, ? /* came to */
              from batch
             where number = ? /* batch */
               and judged = 0
            on conflict (row_id) do update
               set came_to = excluded.came_to
            """);
    hold =
        new Prepared(
            connection,
            """
            update batch
               set held = 1,
                   held_at = ?, /* now */
                   held_reason = ?, /* reason */
                   held_dead = ?, /* dead letters of it */
                   held_of = ? /* answers */
             where number = ? /* batch */
               and (exists (select 1
                              from manifest_row m
                             where m.id >= (batch.number << 32) + next_position
                               and m.id < (batch.number << 32) + rows
                               and not exists (select 1 from progress p where p.id = m.id)
                               and not exists (select 1 from follower f where f.row_id = m.id))
                    or exists (select 1
                                 from progress p
                                where p.due_at is not null
                                  and p.state <> 'submitted'
                                  -- the plus keeps the planner on the small index of what waits
                                  and +p.id >= batch.number << 32
                                  and +p.id < (batch.number + 1) << 32))
            returning id
            """);
    judge =
        new Prepared(
            connection,
            """
            update batch
               set judged = 1
             where number = ? /* batch */
            """);
    remove =
        new Prepared(
            connection,
            """
            delete from trial
             where row_id >= ? /* first of the batch */
               and row_id < ? /* first of the next */
            """);
  }

  /**
   * Counts the outcome of a row, and holds its batch if more than half of its first answers are
   * dead letters of one reason.
   */
  public void look(Transition transition, long now) throws SQLException {
    if (size == 0 || !isAnswer(transition)) {
      return;
    }
    long batch = RowId.batch(transition.row());
    Sample sample = sample(batch);
    boolean known = sample.holds(transition.row());
    if (sample == JUDGED || !known && (sample.isFull() || isOfTheApi(transition))) {
      return;
    }
    String cameTo = cameTo(transition);
    if (Bound.to(keep).number(transition.row()).text(cameTo).number(batch).update() == 0) {
      // Another process has cancelled it.
      samples.put(batch, JUDGED);
      return;
    }
    sample.put(transition.row(), cameTo);
    judge(batch, sample, now);
  }

  /**
   * Whether it tells something of the row: that it has a task now, or its end. Neither what was
   * cancelled tells, nor a request whose answer a dead process took with it.
   */
  private static boolean isAnswer(Transition transition) {
    Request request = transition.request();
    boolean unheard = request != null && request.millis() == null;
    return switch (transition.state()) {
      case WAITING, UNPROVEN -> false;
      case SUBMITTED -> request != null && request.kind() == RequestKind.CREATE;
      case SUCCEEDED -> !unheard;
      case DEAD ->
          transition.counters().requests() > 0
              && transition.ending().reason() != Reason.CANCELLED
              && !unheard;
    };
  }

  /** An outage is the gate's affair: it passes, and the batch goes on by itself. */
  private static boolean isOfTheApi(Transition transition) {
    return transition.state() == RowState.DEAD && transition.ending().reason().isOfTheApi();
  }

  private static String cameTo(Transition transition) {
    return switch (transition.state()) {
      case SUCCEEDED -> Sample.SUCCEEDED;
      case DEAD -> transition.ending().reason().name();
      default -> null;
    };
  }

  private void judge(long batch, Sample sample, long now) throws SQLException {
    Reason reason = sample.majority();
    if (reason != null) {
      hold(batch, new Hold(null, reason, sample.dead(reason), sample.size(), null), now);
    }
    if (reason != null || sample.isGood()) {
      end(batch);
    }
  }

  private void hold(long batch, Hold found, long now) throws SQLException {
    try (ResultSet row =
        Bound.to(hold)
            .number(now)
            .text(found.reason().name())
            .number(found.dead())
            .number(found.of())
            .number(batch)
            .query()) {
      if (!row.next()) {
        // Nothing is left to be sent, so it ends by itself.
        return;
      }
      String detail = "batch " + row.getString(1) + " is held: " + found.found();
      events.noteOf(batch, detail, now);
      notices.held(batch, found, now);
    }
  }

  /** The batch is judged, or ends without: it is never judged again. */
  public void end(long batch) throws SQLException {
    Bound.to(judge).number(batch).updateOne("batch number", batch);
    Bound.to(remove).number(RowId.of(batch, 0)).number(RowId.of(batch + 1, 0)).update();
    samples.remove(batch);
  }

  /** Others may have looked at more of what is not judged yet. */
  public void othersWrote() {
    samples.values().removeIf(sample -> sample != JUDGED);
  }

  /** What the last works did has not happened. */
  public void forget() {
    samples.clear();
  }

  private Sample sample(long batch) throws SQLException {
    Sample known = samples.get(batch);
    if (known != null) {
      return known;
    }
    Sample sample = read(batch);
    samples.put(batch, sample);
    return sample;
  }

  private Sample read(long batch) throws SQLException {
    try (ResultSet row = Bound.to(isJudged).number(batch).query()) {
      if (!row.next() || row.getInt(1) == 1) {
        return JUDGED;
      }
    }
    Sample sample = new Sample(size);
    try (ResultSet row =
        Bound.to(load).number(RowId.of(batch, 0)).number(RowId.of(batch + 1, 0)).query()) {
      while (row.next()) {
        sample.put(row.getLong(1), row.getString(2));
      }
    }
    return sample;
  }
}
