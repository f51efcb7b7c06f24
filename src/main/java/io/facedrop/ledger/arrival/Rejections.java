package io.facedrop.ledger.arrival;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.view.Rejected;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Why manifests were rejected; usable on any connection. */
public final class Rejections {
  private static final int AT_A_TIME = 5000;

  private final Connection connection;

  public Rejections(Connection connection) {
    this.connection = connection;
  }

  /**
   * The rejections after a moment, the newest first, unless a manifest of the same name was
   * accepted since. SQLite would take the index of sources for one that is null, and so read all
   * others.
   */
  public Rejected since(Instant moment, int most) throws SQLException {
    String sql =
        """
        select path, at, code, message, line, kept_as, count(*) over () as found
          from arrival
         where code is not null
           and at > ? /* moment */
           and not exists (select 1
                             from arrival later
                            where later.path = arrival.path
                              and later.number > arrival.number
                              and coalesce(later.source, '') = '')
         order by at desc, number desc
         limit ? /* most */
        """;
    List<Rejected.Manifest> manifests = new ArrayList<>();
    long found = 0;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(moment.toEpochMilli()).number(most).query()) {
      while (row.next()) {
        found = row.getLong("found");
        manifests.add(
            new Rejected.Manifest(
                row.getString("path"),
                row.getString("code"),
                row.getString("message"),
                row.getLong("line"),
                Times.instant(row, "at"),
                row.getString("kept_as")));
      }
    }
    return new Rejected(manifests, found - manifests.size());
  }

  /**
   * Forgets some of the reasons of manifests that were rejected before a moment, but not that they
   * came.
   *
   * @return how many
   */
  public int forget(long before) throws SQLException {
    String sql =
        """
        update arrival
           set code = null,
               message = null,
               line = null,
               kept_as = null
         where number in (select number
                            from arrival
                           where code is not null
                             and at < ? /* before */
                           order by at
                           limit ? /* at a time */)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return Bound.to(statement).number(before).number(AT_A_TIME).update();
    }
  }
}
