package io.facedrop.ledger.accept;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Counters;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.model.Task;
import io.facedrop.ledger.settle.Due;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.Transitions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * When a batch gets another address, lets its rows continue tasks that are paid for at that
 * address, as acceptance does.
 */
public final class Adoption {
  private static final int AT_A_TIME = 500;

  private final Transitions transitions;
  private final UnseenTasks unseen;
  private final Prepared rows;
  private final Prepared count;

  /**
   * @param api address that knows the tasks
   */
  public Adoption(Connection connection, String api, Transitions transitions) throws SQLException {
    this.transitions = transitions;
    unseen = new UnseenTasks(connection, api);
    rows =
        new Prepared(
            connection,
            """
            select m.id, m.detect_task_id, m.image_url, coalesce(p.attempts, 0) as attempts,
                   coalesce(p.requests, 0) as requests,
                   coalesce(p.possible_duplicate, 0) as possible_duplicate
              from manifest_row m
              left join progress p on p.id = m.id
             where m.id >= ? /* from */
               and m.id < ? /* first of the next batch */
               and m.detect_task_id is not null
               and (p.state is null or p.state = 'waiting' or p.state = 'unproven')
               and not exists (select 1 from follower f where f.row_id = m.id)
               and not exists (select 1 from claim c where c.row_id = m.id)
             order by m.id
             limit ? /* at a time */
            """);
    count =
        new Prepared(
            connection,
            """
            update batch
               set adopted = adopted + ? /* rows */
             where number = ? /* batch */
            """);
  }

  /**
   * Adopts some.
   *
   * @param from id of a row of the batch
   * @return from which id on there may be more; 0 when there are none
   */
  public long adoptSome(long from, long now) throws SQLException {
    List<Transition> adopted = new ArrayList<>();
    long batch = RowId.batch(from);
    long last = 0;
    int seen = 0;
    try (ResultSet row =
        Bound.to(rows).number(from).number(RowId.of(batch + 1, 0)).number(AT_A_TIME).query()) {
      for (; row.next(); seen++) {
        last = row.getLong("id");
        String task = row.getString("detect_task_id");
        long unfinishedAt = unseen.unfinishedAt(task, row.getString("image_url"));
        if (unfinishedAt != 0) {
          long known = Task.unfinished(unfinishedAt, now);
          Counters counters =
              new Counters(
                  row.getInt("attempts"),
                  row.getInt("requests"),
                  row.getInt("possible_duplicate") == 1);
          adopted.add(
              Transition.adopting(last, Due.at(now), counters, new Task(task, now, known, 0, 0)));
        }
      }
    }
    transitions.record(adopted, now);
    Bound.to(count).number(adopted.size()).number(batch).updateOne("batch number", batch);
    return seen < AT_A_TIME ? 0 : last + 1;
  }
}
