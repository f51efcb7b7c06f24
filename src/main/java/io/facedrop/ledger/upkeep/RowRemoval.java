package io.facedrop.ledger.upkeep;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.RowId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;

/** Removes the rows of a batch, some at a time, so that others can write in between. */
public final class RowRemoval {
  private static final int AT_A_TIME = 5000;

  private final Connection connection;

  public RowRemoval(Connection connection) {
    this.connection = connection;
  }

  /**
   * Removes some.
   *
   * @return false when none is left
   */
  public boolean some(long batch) throws SQLException {
    return some("follower", "row_id", batch)
        || some("request", "row_id", batch)
        || some("progress", "id", batch)
        || some("manifest_row", "id", batch);
  }

  private boolean some(String table, String key, long batch) throws SQLException {
    String some =
        String.format(
            Locale.ROOT,
            """
        delete from %1$s
         where %2$s in (select %2$s
                          from %1$s
                         where %2$s >= ? /* first */
                           and %2$s < ? /* end */
                         limit %3$d)
        """,
            table,
            key,
            AT_A_TIME);
    try (PreparedStatement statement = connection.prepareStatement(some)) {
      return Bound.to(statement).number(RowId.of(batch, 0)).number(RowId.of(batch + 1, 0)).update()
          > 0;
    }
  }
}
