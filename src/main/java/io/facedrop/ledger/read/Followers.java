package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.settle.Sharing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What is known of rows that share the result of another; {@link Sharing} gives it to them. */
public final class Followers {
  private final Connection connection;

  public Followers(Connection connection) {
    this.connection = connection;
  }

  /** Rows that will share a result which is not there yet. */
  public long open(long batch) throws SQLException {
    String sql =
        """
        select count(*)
          from follower f
         where f.row_id >= ? /* first of the batch */
           and f.row_id < ? /* first of the next */
           and not exists (select 1 from progress p where p.id = f.row_id)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement).number(RowId.of(batch, 0)).number(RowId.of(batch + 1, 0)).query()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whether rows of a manifest that repeat a URL are to share the result of the first. */
  public boolean shares(long batch) throws SQLException {
    String sql =
        """
        select share
          from batch
         where number = ? /* batch */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(batch).query()) {
      return row.next() && row.getInt(1) == 1;
    }
  }

  /** Whether a settled row has followers that are not. */
  public boolean anySharing() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("select 1 from sharing limit 1");
        ResultSet row = statement.executeQuery()) {
      return row.next();
    }
  }
}
