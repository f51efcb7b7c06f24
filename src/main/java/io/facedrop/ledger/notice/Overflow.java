package io.facedrop.ledger.notice;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Notice;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds how many notices wait while none can be delivered. Of too many the oldest of a gate goes
 * first, else the oldest of all, and one notice tells how many have gone.
 */
final class Overflow {
  static final int MOST = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Overflow.class);
  private static final Reminders<String> NEWS =
      Reminders.every(Duration.ofHours(1), System::nanoTime);
  private static final String COUNT = "dropped";

  private final Connection connection;

  Overflow(Connection connection) {
    this.connection = connection;
  }

  /** Makes room for one more. */
  void makeRoom(long now) throws SQLException {
    if (new NoticeBoard(connection).waiting() >= MOST) {
      dropOne();
      tell(now);
    }
  }

  private void dropOne() throws SQLException {
    String sql =
        """
        delete from notice
         where number = (select number
                           from notice
                          where kind <> 'events dropped'
                          order by case when kind like 'gate %' then 0 else 1 end, number
                          limit 1)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  /** A count that was handed out before does not change: the next has an id of its own. */
  private void tell(long now) throws SQLException {
    long dropped = told() + 1;
    try (PreparedStatement statement =
        connection.prepareStatement("delete from notice where kind = 'events dropped'")) {
      statement.executeUpdate();
    }
    String message =
        dropped
            + " events were dropped, the oldest first, because "
            + MOST
            + " wait and none can be delivered";
    new NoticeBoard(connection)
        .insert(
            Notice.Kind.EVENTS_DROPPED, null, Facts.saying(message).and(COUNT, dropped), 0, now);
    if (NEWS.isDue(COUNT)) {
      LOG.error("{}: look at facedrop.events.uri", message);
    }
  }

  /** How many have gone since the last that could be delivered. */
  private long told() throws SQLException {
    String sql =
        """
        select body
          from notice
         where kind = ? /* kind */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).text(Notice.Kind.EVENTS_DROPPED.words()).query()) {
      return row.next() ? Facts.of(row.getString(1)).number(COUNT) : 0;
    }
  }
}
