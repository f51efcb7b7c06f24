package io.facedrop.ledger.upkeep;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.read.Totals;
import io.facedrop.ledger.view.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Removes what need not be kept of batches that have long been complete. What stays is the batch,
 * by which its content is recognised, its parts, and its dead letters by their reasons.
 */
public final class Retention {
  private static final int EVENTS_AT_A_TIME = 5000;
  private static final int COUNTS_AT_A_TIME = 5000;

  private final Connection connection;

  public Retention(Connection connection) {
    this.connection = connection;
  }

  /** The batch that was completed first, before a moment, and of which there is more to remove. */
  public OptionalLong oldest(long completedBefore) throws SQLException {
    String sql =
        """
        select number
          from batch
         where state = 'complete'
           and removed < 2
           and completed_at < ? /* completed before */
         order by completed_at
         limit 1
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(completedBefore).query()) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    }
  }

  /** Whether its rows are not to be asked any more, for some of them may be gone. */
  public boolean isBegun(long batch) throws SQLException {
    String sql =
        """
        select removed
          from batch
         where number = ? /* batch */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(batch).query()) {
      return row.next() && row.getInt(1) > 0;
    }
  }

  /** Keeps the sums of a batch. From this commit on, its rows are not read any more. */
  public void begin(long batch, List<Tally> deadLetters) throws SQLException {
    String keep =
        """
        insert into tally (batch, reason, code, rows)
        values (? /* batch */, ? /* reason */, ? /* code */, ? /* rows */)
        """;
    try (PreparedStatement statement = connection.prepareStatement(keep)) {
      for (Tally tally : deadLetters) {
        Bound.to(statement)
            .number(batch)
            .text(tally.reason())
            .number(tally.code())
            .number(tally.rows())
            .updateOne("tally", tally);
      }
    }
    mark(batch, 1);
  }

  /** Removes some of the rows, and says so when none is left. */
  public void removeSome(long batch) throws SQLException {
    if (!new RowRemoval(connection).some(batch) && removeTraffic(batch) == 0) {
      mark(batch, 2);
    }
  }

  /** Some of its counts, of which a batch that took months has millions. */
  private int removeTraffic(long batch) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
        delete from traffic
         where (batch, second, kind, latency) in (select batch, second, kind, latency
                                                    from traffic
                                                   where batch = ? /* batch */
                                                   limit %d)
        """,
            COUNTS_AT_A_TIME);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return Bound.to(statement).number(batch).update();
    }
  }

  private void mark(long batch, int removed) throws SQLException {
    String sql =
        """
        update batch
           set removed = ? /* how far */
         where number = ? /* batch */
           and state = 'complete'
           and removed = ? - 1 /* before */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement)
          .number(removed)
          .number(batch)
          .number(removed)
          .updateOne("old batch number", batch);
    }
  }

  /** Dead letters of a batch whose rows are not asked any more, the most frequent first. */
  public List<Tally> deadLetters(long batch) throws SQLException {
    String sql =
        """
        select reason, code, rows
          from tally
         where batch = ? /* batch */
         order by 3 desc, 1, 2 nulls first
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(batch).query()) {
      return Totals.tallies(row);
    }
  }

  /**
   * Removes some of what happened before, unless a batch that is not complete may tell of it.
   *
   * @return how many
   */
  public int removeEvents(long before) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
        delete from event
         where id in (select id
                        from event
                       where at < ? /* before */
                         and at < (select coalesce(min(accepted_at), ?) /* before */
                                     from batch
                                    where state = 'open')
                       order by at
                       limit %d)
        """,
            EVENTS_AT_A_TIME);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return Bound.to(statement).number(before).number(before).update();
    }
  }
}
