package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Removes what was read of manifests that were not accepted. */
final class Unaccepted {
  private static final int DELETED_AT_A_TIME = 5000;

  private final Connection connection;

  Unaccepted(Connection connection) {
    this.connection = connection;
  }

  /**
   * Removes some of a manifest that was not accepted; one that was is left alone.
   *
   * @return false when nothing is left to remove
   */
  boolean removeSome(long batch) throws SQLException {
    if (!isLoading(batch)) {
      return false;
    }
    long from = Image.id(batch, 0);
    long end = Image.id(batch + 1, 0);
    if (delete("follower", "image", from, end) > 0
        || delete("progress", "id", from, end) > 0
        || delete("image", "id", from, end) > 0) {
      return true;
    }
    try (PreparedStatement parts =
            connection.prepareStatement("delete from part where batch = ? /* batch */");
        PreparedStatement batches =
            connection.prepareStatement(
                "delete from batch where number = ? /* batch */ and state = 'loading'")) {
      Bound.to(parts).number(batch).update();
      Bound.to(batches).number(batch).update();
    }
    return false;
  }

  private boolean isLoading(long batch) throws SQLException {
    try (PreparedStatement loading =
            connection.prepareStatement(
                "select 1 from batch where number = ? /* batch */ and state = 'loading'");
        ResultSet row = Bound.to(loading).number(batch).query()) {
      return row.next();
    }
  }

  private int delete(String table, String key, long from, long end) throws SQLException {
    String some =
        """
        delete from %1$s
         where %2$s in (select %2$s
                          from %1$s
                         where %2$s >= ? /* first */
                           and %2$s < ? /* end */
                         limit ? /* at a time */)
        """
            .formatted(table, key);
    try (PreparedStatement statement = connection.prepareStatement(some)) {
      return Bound.to(statement).number(from).number(end).number(DELETED_AT_A_TIME).update();
    }
  }
}
