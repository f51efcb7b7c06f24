package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.view.Figures;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Sums the open batches from batches and parts. Reads no rows, so the number of rows does not
 * matter.
 */
public final class FigureQueries {
  private FigureQueries() {}

  /**
   * Reads them.
   *
   * @param shared whether several nodes can work on the ledger
   */
  public static Figures of(Connection connection, Instant now, boolean shared) throws SQLException {
    String sql =
        """
        select count(*) as batches,
               coalesce(sum(b.held), 0) as held,
               coalesce(sum(b.requests), 0) as requests,
               coalesce(sum(b.rows - (select coalesce(sum(p.rows), 0)
                                        from part p
                                       where p.batch = b.number)), 0) as open
          from batch b
         where b.state = 'open'
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Figures(
          row.getLong("batches"),
          row.getLong("held"),
          row.getLong("open"),
          row.getLong("requests"),
          unpublished(connection),
          shared ? nodes(connection, now) : 1);
    }
  }

  private static Map<Output, Instant> unpublished(Connection connection) throws SQLException {
    String sql =
        """
        select p.output, min(p.opened_at) as oldest
          from part p
          join batch b on b.number = p.batch
         where p.state in ('open', 'closed')
           and b.state = 'open'
         group by p.output
        """;
    Map<Output, Instant> unpublished = new EnumMap<>(Output.class);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        unpublished.put(
            Output.of(row.getString("output")), Instant.ofEpochMilli(row.getLong("oldest")));
      }
    }
    return unpublished;
  }

  private static long nodes(Connection connection, Instant now) throws SQLException {
    String sql =
        """
        select count(*)
          from node
         where ended_at is null
           and lease_until > ? /* now */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(now.toEpochMilli()).query()) {
      row.next();
      return row.getLong(1);
    }
  }
}
