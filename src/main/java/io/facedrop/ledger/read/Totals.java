package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.view.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Sums over the rows of a batch.
 *
 * @param deadLetters by reason and code, the most frequent first
 * @param charged settled rows by whether they were charged
 * @param attempts in all
 * @param retried rows that took more than one attempt
 * @param possibleDuplicates rows whose request may have been charged twice
 * @param faces found in all
 * @param withFaces successes with at least one face
 */
public record Totals(
    List<Tally> deadLetters,
    Map<Charged, Long> charged,
    long attempts,
    long retried,
    long possibleDuplicates,
    long faces,
    long withFaces) {

  /** Dead letters with one reason and any code. */
  public long deadLetters(Reason reason) {
    return deadLetters.stream()
        .filter(tally -> tally.reason().equals(reason.name()))
        .mapToLong(Tally::rows)
        .sum();
  }

  public static Totals of(Connection connection, long batch) throws SQLException {
    String sql =
        """
        select coalesce(sum(attempts), 0), coalesce(sum(case when attempts > 1 then 1 else 0 end), 0),
               coalesce(sum(possible_duplicate), 0), coalesce(sum(face_count), 0),
               coalesce(sum(case when face_count > 0 then 1 else 0 end), 0)
          from progress
         where id >= ? /* first of the batch */
           and id < ? /* first of the next */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = range(statement, batch)) {
      row.next();
      return new Totals(
          deadLetters(connection, batch),
          charged(connection, batch),
          row.getLong(1),
          row.getLong(2),
          row.getLong(3),
          row.getLong(4),
          row.getLong(5));
    }
  }

  /** Dead letters by reason and code, the most frequent first, as far as their rows are there. */
  public static List<Tally> deadLetters(Connection connection, long batch) throws SQLException {
    String sql =
        """
        select reason, code, count(*)
          from progress
         where id >= ? /* first of the batch */
           and id < ? /* first of the next */
           and state = 'dead'
         group by reason, code
         order by 3 desc, 1, 2 nulls first
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = range(statement, batch)) {
      return tallies(row);
    }
  }

  public static List<Tally> tallies(ResultSet row) throws SQLException {
    List<Tally> tallies = new ArrayList<>();
    while (row.next()) {
      tallies.add(new Tally(row.getString(1), (Integer) row.getObject(2), row.getLong(3)));
    }
    return tallies;
  }

  private static Map<Charged, Long> charged(Connection connection, long batch) throws SQLException {
    String sql =
        """
        select charged, count(*)
          from progress
         where id >= ? /* first of the batch */
           and id < ? /* first of the next */
           and part is not null
         group by charged
        """;
    Map<Charged, Long> rows = new EnumMap<>(Charged.class);
    for (Charged charged : Charged.values()) {
      rows.put(charged, 0L);
    }
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = range(statement, batch)) {
      while (row.next()) {
        rows.put(Charged.of(row.getString(1)), row.getLong(2));
      }
    }
    return rows;
  }

  private static ResultSet range(PreparedStatement statement, long batch) throws SQLException {
    return Bound.to(statement).number(RowId.of(batch, 0)).number(RowId.of(batch + 1, 0)).query();
  }
}
