package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.format.RowCells;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/** Reads the cells that a row had in its manifest. */
public final class CarriedCells {
  private CarriedCells() {}

  /**
   * Returns them by the names of their columns, as {@link RowCells} describes; none for a row that
   * is not there any more.
   */
  public static Map<String, Object> of(Connection connection, long row) throws SQLException {
    String sql =
        """
        select m.image_url, m.before, m.after, b.format, b.delimiter, b.header
          from manifest_row m
          join batch b on b.number = m.id >> 32
         where m.id = ? /* row */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet found = Bound.to(statement).number(row).query()) {
      return found.next()
          ? RowCells.of(
              layout(found),
              found.getString("before"),
              found.getString("image_url"),
              found.getString("after"))
          : Map.of();
    }
  }

  private static Layout layout(ResultSet row) throws SQLException {
    return new Layout(
        Format.valueOf(row.getString("format")),
        row.getString("delimiter").charAt(0),
        row.getString("header"));
  }
}
