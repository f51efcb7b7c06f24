package io.facedrop.ledger.arrival;

import io.facedrop.ledger.jdbc.Bound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How far an expectation was watched, so that no restart forgets or repeats anything. Times are
 * epoch milliseconds.
 *
 * @param judgedTo the deadlines until here are judged
 * @param warnedFor the deadline of which the operator was warned; 0 for none
 * @param missed the last deadline, if nothing had come by then; else 0
 */
record Watched(long judgedTo, long warnedFor, long missed) {
  Watched warnedOf(long deadline) {
    return new Watched(judgedTo, deadline, missed);
  }

  Watched judged(long deadline, boolean met) {
    return new Watched(deadline, warnedFor, met ? 0 : deadline);
  }

  static Optional<Watched> read(Connection connection, String name) throws SQLException {
    String sql =
        """
        select judged_to, warned_for, missed
          from expectation
         where name = ? /* name */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).text(name).query()) {
      return row.next()
          ? Optional.of(
              new Watched(
                  row.getLong("judged_to"), row.getLong("warned_for"), row.getLong("missed")))
          : Optional.empty();
    }
  }

  void write(Connection connection, String name) throws SQLException {
    String sql =
        """
        insert into expectation (name, judged_to, warned_for, missed)
        values (? /* name */, ? /* judged to */, ? /* warned for */, ? /* missed */)
        on conflict (name) do update
           set judged_to = excluded.judged_to,
               warned_for = excluded.warned_for,
               missed = excluded.missed
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement)
          .text(name)
          .number(judgedTo)
          .number(warnedFor)
          .number(missed)
          .updateOne("expectation", name);
    }
  }
}
