package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.model.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads who works on a ledger that several can work on. */
public final class Nodes {
  private Nodes() {}

  /** Those that are alive or have ended since, the oldest first. */
  public static List<Node> since(Connection connection, Instant ended) throws SQLException {
    String sql =
        """
        select n.epoch, n.name, n.process, n.started_at, n.lease_until, n.ended_at, n.late,
               (select count(*)
                  from claim c
                 where c.node = n.epoch) as claims
          from node n
         where n.ended_at is null
            or n.ended_at >= ? /* ended */
         order by n.epoch
        """;
    List<Node> nodes = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(ended.toEpochMilli()).query()) {
      while (row.next()) {
        nodes.add(
            new Node(
                row.getLong("epoch"),
                row.getString("name"),
                row.getLong("process"),
                Times.instant(row, "started_at"),
                Times.instant(row, "lease_until"),
                Times.instant(row, "ended_at"),
                row.getLong("claims"),
                row.getLong("late")));
      }
    }
    return nodes;
  }
}
