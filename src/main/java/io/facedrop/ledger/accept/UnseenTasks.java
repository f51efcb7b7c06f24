package io.facedrop.ledger.accept;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** Paid tasks of one API whose end is not known; usable on any connection. */
public final class UnseenTasks {
  private final String api;
  private final Prepared unfinishedAt;
  private final Prepared endedOtherwise;

  /**
   * @param api address that knows the tasks
   */
  public UnseenTasks(Connection connection, String api) throws SQLException {
    this.api = api;
    unfinishedAt =
        new Prepared(
            connection,
            String.format(
                Locale.ROOT,
                """
            select case when max(s.ended) = 1 then 0 else max(s.unfinished_at) end
              from (select id, unfinished_at,
                           case when reason in ('%s', '%s') then 1 else 0 end as ended
                      from progress
                     where detect_task_id = ? /* task */
                       and part is not null
                       and detect_id is null
                     -- a stand-in may answer the same id to everything
                     limit 100) s
              join manifest_row m on m.id = s.id
              join batch b on b.number = s.id >> 32
             where m.image_url = ? /* URL */
               and b.api = ? /* API */
            """,
                Reason.DETECTION_FAILED,
                Reason.GENERATION_FAILED));
    // A row that was dropped with the task has its faces, or knows that there are none.
    endedOtherwise =
        new Prepared(
            connection,
            String.format(
                Locale.ROOT,
                """
            select 1
              from manifest_row m
              join progress p on p.id = m.id
              join batch b on b.number = p.id >> 32
             where m.detect_task_id = ? /* task */
               and m.image_url = ? /* URL */
               and b.api = ? /* API */
               and p.detect_task_id = m.detect_task_id
               and (p.detect_id is not null or p.reason in ('%s', '%s'))
             limit 1
            """,
                Reason.DETECTION_FAILED,
                Reason.GENERATION_FAILED));
  }

  /**
   * The last moment at which the task of a settled row was known not to be finished.
   *
   * @return epoch milliseconds; 0 when no settled row of this URL has this task of this API, or its
   *     end is known, to whichever row
   */
  public long unfinishedAt(String task, String url) throws SQLException {
    long at = 0;
    try (ResultSet row = Bound.to(unfinishedAt).text(task).text(url).text(api).query()) {
      at = row.next() ? row.getLong(1) : 0;
    }
    return at == 0 || hasEndedOtherwise(task, url) ? 0 : at;
  }

  private boolean hasEndedOtherwise(String task, String url) throws SQLException {
    try (ResultSet row = Bound.to(endedOtherwise).text(task).text(url).text(api).query()) {
      return row.next();
    }
  }
}
