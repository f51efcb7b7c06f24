package io.facedrop.ledger.notice;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Notice;
import io.facedrop.words.Count;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows in doubt, counted into one notice for each batch and minute. */
final class Doubts {
  static final long WHILE_MILLIS = 60_000;
  private static final String COUNT = "in_doubt";

  private final Connection connection;

  Doubts(Connection connection) {
    this.connection = connection;
  }

  /** Adds rows to a notice of their batch that is still open. */
  boolean addTo(long batch, long rows, long now) throws SQLException {
    String sql =
        """
        select id, body
          from notice
         where batch = ? /* batch */
           and kind = ? /* kind */
           and due_at > ? /* now */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(batch)
                .text(Notice.Kind.ROWS_IN_DOUBT.words())
                .number(now)
                .query()) {
      if (!row.next()) {
        return false;
      }
      Facts facts = Facts.of(row.getString("body"));
      long all = facts.number(COUNT) + rows;
      write(row.getString("id"), facts.and(Facts.MESSAGE, words(all)).and(COUNT, all));
      return true;
    }
  }

  private void write(String id, Facts facts) throws SQLException {
    String sql =
        """
        update notice
           set body = ? /* body */
         where id = ? /* id */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).text(facts.body()).text(id).updateOne("notice", id);
    }
  }

  static Facts facts(Facts batch, long rows) {
    return batch.and(Facts.MESSAGE, words(rows)).and(COUNT, rows);
  }

  private static String words(long rows) {
    return Count.of(rows, "row", "is", "are")
        + " in doubt: the request may have been charged although no answer came; look at the dead letters"
        + " IN_DOUBT";
  }
}
