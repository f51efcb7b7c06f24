package io.facedrop.ledger.upkeep;

import io.facedrop.ledger.jdbc.Bound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Removes what was read of manifests that were not accepted. */
public final class Unaccepted {
  private final Connection connection;

  public Unaccepted(Connection connection) {
    this.connection = connection;
  }

  /**
   * Removes some of a manifest that was not accepted; one that was is left alone.
   *
   * @return false when nothing is left to remove
   */
  public boolean removeSome(long batch) throws SQLException {
    if (!isLoading(batch)) {
      return false;
    }
    if (new RowRemoval(connection).some(batch)) {
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
}
