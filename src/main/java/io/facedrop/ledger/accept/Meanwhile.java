package io.facedrop.ledger.accept;

import io.facedrop.ledger.jdbc.Bound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What another process has accepted while a manifest was read. */
public final class Meanwhile {
  private final Connection connection;

  /**
   * @param connection the writer's
   */
  public Meanwhile(Connection connection) {
    this.connection = connection;
  }

  /** Whether the very file was accepted; one that is read in place may be so more than once. */
  public boolean hasAccepted(long loading) throws SQLException {
    String sql =
        """
        select 1
          from batch l
          join batch b on b.source = l.source
         where l.number = ? /* batch */
           and l.archive = 1
           and b.archive = 1
           and b.state <> 'loading'
           and b.number <> l.number
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(loading).query()) {
      return row.next();
    }
  }
}
