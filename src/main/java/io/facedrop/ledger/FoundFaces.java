package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A row and the faces of its image.
 *
 * @param faces the API's list of faces, as JSON
 */
public record FoundFaces(long line, String imageUrl, String faces) {

  static List<FoundFaces> first(Connection connection, long batch, int most) throws SQLException {
    String sql =
        """
        select i.line, i.url, p.faces
          from progress p
          join image i on i.id = p.id
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
                .number(Image.id(batch, 0))
                .number(Image.id(batch + 1, 0))
                .number((long) most)
                .query()) {
      while (row.next()) {
        found.add(new FoundFaces(row.getLong(1), row.getString(2), row.getString(3)));
      }
    }
    return found;
  }
}
