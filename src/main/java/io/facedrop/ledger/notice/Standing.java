package io.facedrop.ledger.notice;

import io.facedrop.ledger.jdbc.Bound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was told of things that last, or since when they last: it outlives a restart. */
final class Standing {
  private final Connection connection;

  Standing(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param word what was told
   * @param at epoch milliseconds
   */
  record Entry(String topic, String word, long at) {}

  Optional<Entry> of(String topic) throws SQLException {
    return like(topic, "=").stream().findFirst();
  }

  /** All whose topic begins so. */
  List<Entry> beginning(String topic) throws SQLException {
    return like(topic + "%", "like");
  }

  private List<Entry> like(String topic, String comparison) throws SQLException {
    String sql = "select topic, word, at from told where topic " + comparison + " ? order by topic";
    List<Entry> entries = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).text(topic).query()) {
      while (row.next()) {
        entries.add(new Entry(row.getString("topic"), row.getString("word"), row.getLong("at")));
      }
    }
    return entries;
  }

  void put(String topic, String word, long at) throws SQLException {
    String sql =
        """
        insert into told (topic, word, at)
        values (? /* topic */, ? /* word */, ? /* at */)
        on conflict (topic) do update
           set word = excluded.word,
               at = excluded.at
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).text(topic).text(word).number(at).updateOne("standing", topic);
    }
  }

  void end(String topic) throws SQLException {
    String sql =
        """
        delete from told
         where topic = ? /* topic */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).text(topic).update();
    }
  }
}
