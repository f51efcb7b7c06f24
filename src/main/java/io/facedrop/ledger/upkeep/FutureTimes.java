package io.facedrop.ledger.upkeep;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Task;
import io.facedrop.words.Count;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Corrects times that are too far in the future: an earlier process recorded them before the clock
 * was set back. It replaces due times by now, so that no row waits until then. It does not change
 * recorded events.
 */
public final class FutureTimes {
  private static final Logger LOG = LoggerFactory.getLogger(FutureTimes.class);

  private final Connection connection;

  public FutureTimes(Connection connection) {
    this.connection = connection;
  }

  /**
   * Brings them back.
   *
   * @param longest that a row may have to wait, in milliseconds
   */
  public void bringBack(long longest, long now) throws SQLException {
    int rows = dueTimes("state <> 'submitted'", longest, now);
    rows += dueTimes("state = 'submitted'", longest, now);
    int tasks = tasks(now);
    if (rows + tasks > 0) {
      LOG.warn(
          "the machine's clock was set back, or a delay was lowered: {} due later than possible, and"
              + " due at once now; {} created in the future, and counted from now",
          Count.of(rows, "row", "was", "were"),
          Count.of(tasks, "task", "was", "were"));
    }
  }

  private int dueTimes(String states, long longest, long now) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
        update progress
           set due_at = ? /* now */
         where due_at > ? /* the last that can be */
           and %s
        """,
            states);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return Bound.to(statement).number(now).number(now + longest).update();
    }
  }

  private int tasks(long now) throws SQLException {
    String sql =
        """
        update progress
           set due_at = case when dated = 0 and due_at > ? /* now */
                             then ? /* now */
                             else due_at end,
               submitted_at = case when submitted_at > ? /* now */
                                   then ? /* now */
                                   else submitted_at end,
               unfinished_at = case when unfinished_at > ? /* now */
                                    then ? /* nobody knows when */
                                    else unfinished_at end,
               missing_since = case when missing_since > ? /* now */
                                    then ? /* now */
                                    else missing_since end
         where state = 'submitted'
           and (submitted_at > ? /* now */
                or unfinished_at > ? /* now */
                or missing_since > ?) /* now */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return Bound.to(statement)
          .number(now)
          .number(now)
          .number(now)
          .number(now)
          .number(now)
          .number(Task.unfinished(now + 1, now))
          .number(now)
          .number(now)
          .number(now)
          .number(now)
          .number(now)
          .update();
    }
  }
}
