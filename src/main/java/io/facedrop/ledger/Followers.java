package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What is known of rows that share the result of another; {@link Sharing} gives it to them. */
final class Followers {
  private final Connection connection;

  Followers(Connection connection) {
    this.connection = connection;
  }

  /** Rows that will share a result which is not there yet. */
  long open(long batch) throws SQLException {
    String sql =
        """
        select count(*)
          from follower f
         where f.image >= ? /* first of the batch */
           and f.image < ? /* first of the next */
           and not exists (select 1 from progress p where p.id = f.image)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement).number(Image.id(batch, 0)).number(Image.id(batch + 1, 0)).query()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Whether rows of a manifest that repeat a URL are to share the result of the first. */
  boolean shares(long batch) throws SQLException {
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
  boolean anySharing() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement("select 1 from sharing limit 1");
        ResultSet row = statement.executeQuery()) {
      return row.next();
    }
  }
}
