package io.facedrop.ledger.claim;

import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Task;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads claimed rows. By position, for this is done for every request. */
public final class ClaimedRows {
  /** Of a row {@code m}, its progress {@code p} and its batch {@code b}. */
  public static final String COLUMNS =
      """
      m.id, m.image_url, m.line, p.attempts, p.requests, p.possible_duplicate, b.rows, p.stage,
             p.detect_task_id, p.submitted_at, p.unfinished_at, p.query_failures, p.missing_since""";

  /** How many columns that are. */
  public static final int COUNT = 13;

  /** A batch of fewer rows is small. */
  private static final long SMALL = 200;

  private ClaimedRows() {}

  /**
   * From {@link #COLUMNS}.
   *
   * @param quiet whether little else waits
   */
  public static ClaimedRow of(ResultSet row, boolean quiet) throws SQLException {
    String stage = row.getString(8);
    return of(
        row,
        isSmall(row.getLong(7), quiet),
        stage == null ? Stage.first() : Stage.of(stage),
        task(row));
  }

  /** Of a row that was never sent, from its id, URL, line and three noughts. */
  static ClaimedRow pending(ResultSet row, boolean small) throws SQLException {
    return of(row, small, Stage.first(), null);
  }

  /** Whether the results of a batch of so many rows are wanted one by one. */
  static boolean isSmall(long rows, boolean quiet) {
    return quiet && rows < SMALL;
  }

  private static ClaimedRow of(ResultSet row, boolean small, Stage stage, Task task)
      throws SQLException {
    return new ClaimedRow(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getInt(4),
        row.getInt(5),
        row.getInt(6) == 1,
        small,
        stage,
        task);
  }

  private static Task task(ResultSet row) throws SQLException {
    String id = row.getString(9);
    return id == null
        ? null
        : new Task(id, row.getLong(10), row.getLong(11), row.getInt(12), row.getLong(13));
  }
}
