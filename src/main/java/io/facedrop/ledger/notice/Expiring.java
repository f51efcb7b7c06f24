package io.facedrop.ledger.notice;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds results that are paid for and expire before they are published; posts each batch's once.
 */
public final class Expiring {
  /** What a receiver needs to act. */
  public static final Duration LEFT = Duration.ofMinutes(20);

  /** A part that is younger holds nothing that expires soon: a task is queried within a quarter. */
  private static final Duration YOUNG = Duration.ofMinutes(20);

  private static final String TOPIC = "expiring ";

  private final Connection connection;

  /**
   * What expires of a batch.
   *
   * @param first when the first does
   */
  public record Results(long batch, long rows, Instant first) {}

  public Expiring(Connection connection) {
    this.connection = connection;
  }

  /** Whether {@link #tell} may have something to do; cheap. */
  public boolean mayTell(long now) throws SQLException {
    return anyOld(now) || !new Standing(connection).beginning(TOPIC).isEmpty();
  }

  /** Whether a part has waited for so long that it may hold some. */
  private boolean anyOld(long now) throws SQLException {
    String sql =
        """
        select 1
          from part
         where state in ('open', 'closed')
           and output = 'success'
           and opened_at <= ? /* long ago */
         limit 1
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(now - YOUNG.toMillis()).query()) {
      return row.next();
    }
  }

  /** What expires before long, by batch. */
  public List<Results> find(long now) throws SQLException {
    String sql =
        """
        select p.batch, count(*) as results, min(r.expires_at) as expires
          from part p
          join progress r on r.id between p.first_row and p.last_row
                         and r.part = p.number
                         and r.state = 'succeeded'
         where p.state in ('open', 'closed')
           and p.output = 'success'
           and p.opened_at <= ? /* long ago */
           and r.expires_at <= ? /* soon */
         group by p.batch
        """;
    List<Results> found = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(now - YOUNG.toMillis())
                .number(now + LEFT.toMillis())
                .query()) {
      while (row.next()) {
        found.add(
            new Results(
                row.getLong("batch"), row.getLong("results"), Times.instant(row, "expires")));
      }
    }
    return found;
  }

  /** Posts the results for which there was no notice yet. */
  public void tell(List<Results> found, long now) throws SQLException {
    Standing standing = new Standing(connection);
    for (Standing.Entry told : standing.beginning(TOPIC)) {
      if (found.stream().noneMatch(results -> told.topic().equals(TOPIC + results.batch()))) {
        standing.end(told.topic());
      }
    }
    for (Results results : found) {
      if (standing.of(TOPIC + results.batch()).isEmpty()) {
        standing.put(TOPIC + results.batch(), "told", now);
        post(results, now);
      }
    }
  }

  private void post(Results results, long now) throws SQLException {
    if (new NoticeBoard(connection).isWanted()) {
      BatchNotices notices = new BatchNotices(connection);
      notices.expiring(
          results.batch(),
          notices
              .told(results.batch())
              .facts(
                  results.rows()
                      + " results are not published, and the first detect_id expires at "
                      + results.first())
              .and("expiring", results.rows())
              .and("first_expires_at", results.first()),
          now);
    }
  }
}
