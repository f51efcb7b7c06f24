package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums over the rows of a batch.
 *
 * @param deadLetters by reason and code, the most frequent first
 * @param retried rows that took more than one request
 * @param possibleDuplicates rows whose request may have been charged twice
 */
public record Totals(List<Tally> deadLetters, long retried, long possibleDuplicates) {

  static Totals of(Connection connection, long batch) throws SQLException {
    return new Totals(
        deadLetters(connection, batch),
        count(connection, batch, "requests > 1"),
        count(connection, batch, "possible_duplicate = 1"));
  }

  private static List<Tally> deadLetters(Connection connection, long batch) throws SQLException {
    String sql =
        """
        select reason, code, count(*)
          from progress
         where id >= ? /* first of the batch */
           and id < ? /* first of the next */
           and state = 'dead'
         group by reason, code
         order by 3 desc, 1, 2
        """;
    List<Tally> tallies = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = range(statement, batch)) {
      while (row.next()) {
        tallies.add(new Tally(row.getString(1), (Integer) row.getObject(2), row.getLong(3)));
      }
    }
    return tallies;
  }

  private static long count(Connection connection, long batch, String condition)
      throws SQLException {
    String sql =
        """
        select count(*)
          from progress
         where id >= ? /* first of the batch */
           and id < ? /* first of the next */
           and %s
        """
            .formatted(condition);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = range(statement, batch)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static ResultSet range(PreparedStatement statement, long batch) throws SQLException {
    return Bound.to(statement).number(Image.id(batch, 0)).number(Image.id(batch + 1, 0)).query();
  }
}
