package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.model.Link;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads the health of other systems. */
public final class Links {
  private Links() {}

  public static List<Link> all(Connection connection) throws SQLException {
    String sql =
        """
        select place, since, message
          from link
         order by place
        """;
    List<Link> links = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        links.add(
            new Link(
                row.getString("place"), Times.instant(row, "since"), row.getString("message")));
      }
    }
    return links;
  }
}
