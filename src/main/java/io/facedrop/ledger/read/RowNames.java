package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** How people name rows. */
public final class RowNames {
  private RowNames() {}

  /** {@code row BATCH:LINE}; empty for a row that is not there any more. */
  public static Optional<String> of(Connection connection, long row) throws SQLException {
    String sql =
        """
        select b.id, m.line
          from manifest_row m
          join batch b on b.number = m.id >> 32
         where m.id = ? /* row */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet found = Bound.to(statement).number(row).query()) {
      return found.next()
          ? Optional.of("row " + found.getString("id") + ":" + found.getLong("line"))
          : Optional.empty();
    }
  }
}
