package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.RowId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A row and the faces of its row.
 *
 * @param faces the API's list of faces, as JSON
 */
public record FoundFaces(long line, String imageUrl, String faces) {

  public static List<FoundFaces> first(Connection connection, long batch, int most)
      throws SQLException {
    String sql =
        """
        select m.line, m.image_url, p.faces
          from progress p
          join manifest_row m on m.id = p.id
         where p.id >= ? /* first of the batch */
           and p.id < ? /* first of the next */
           and p.face_count > 0
         order by p.id
         limit ? /* most */
        """;
    List<FoundFaces> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(RowId.of(batch, 0))
                .number(RowId.of(batch + 1, 0))
                .number((long) most)
                .query()) {
      while (row.next()) {
        found.add(new FoundFaces(row.getLong(1), row.getString(2), row.getString(3)));
      }
    }
    return found;
  }
}
