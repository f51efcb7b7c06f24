package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** Tasks that are paid for and whose end nobody has seen; usable on any connection. */
final class UnseenTasks {
  private final Prepared unfinishedAt;

  UnseenTasks(Connection connection) throws SQLException {
    unfinishedAt =
        new Prepared(
            connection,
            String.format(
                Locale.ROOT,
                """
            select max(p.unfinished_at)
              from (select id, unfinished_at
                      from progress
                     where detect_task_id = ? /* task */
                       and part is not null
                       and detect_id is null
                       and (reason is null or reason not in ('%s', '%s'))
                     -- a stand-in may answer the same id to everything
                     limit 100) p
              join image i on i.id = p.id
             where i.url = ? /* URL */
            """,
                Reason.DETECTION_FAILED,
                Reason.GENERATION_FAILED));
  }

  /**
   * The last moment at which the task of a settled row was known not to be finished.
   *
   * @return epoch milliseconds; 0 when no settled row of this URL has this task, or its end is
   *     known
   */
  long unfinishedAt(String task, String url) throws SQLException {
    try (ResultSet row = Bound.to(unfinishedAt).text(task).text(url).query()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
