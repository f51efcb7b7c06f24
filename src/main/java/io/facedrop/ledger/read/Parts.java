package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Closes, finds and marks parts; usable on any connection. */
public final class Parts {
  private static final String PART =
      """
      select p.batch, p.output, p.number, p.rows, p.first_row, p.last_row, p.file, p.place,
             p.sha256, p.published_at
        from part p
        join batch b on b.number = p.batch
      """;

  /** So much may the clocks of two processes differ without being wrong. */
  private static final long SOON_MILLIS = 1_000;

  private final Connection connection;

  public Parts(Connection connection) {
    this.connection = connection;
  }

  /**
   * Closes the open parts that have waited long enough, or whose batch is settled or held: the
   * operator who decides about a held batch needs to see them. Also closes parts that were opened
   * in the future, by another clock or before the clock was set back.
   *
   * @param publisher node whose batches are meant
   */
  public void closeDue(long publisher, long openedBefore, long now) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
        update part
           set state = 'closed'
         where state = 'open'
           and batch in (select b.number
                           from batch b
                          where b.state = 'open'
                            and b.publisher = ? /* node */
                            and (part.opened_at <= ? /* opened before */
                                 or part.opened_at > ? /* soon */
                                 or b.rows = (select sum(s.rows)
                                                from part s
                                               where s.batch = b.number)
                                 or %s))
        """,
            Standstill.HELD_AND_QUIET);
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).number(publisher).number(openedBefore).number(now + SOON_MILLIS).update();
    }
  }

  /** Whether {@link #closeDue} would close any. */
  public boolean anyDue(long publisher, long openedBefore, long now) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
        select 1
          from part p
          join batch b on b.number = p.batch
         where p.state = 'open'
           and b.state = 'open'
           and b.publisher = ? /* node */
           and (p.opened_at <= ? /* opened before */
                or p.opened_at > ? /* soon */
                or b.rows = (select sum(s.rows)
                               from part s
                              where s.batch = b.number)
                or %s)
         limit 1
        """,
            Standstill.HELD_AND_QUIET);
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(publisher)
                .number(openedBefore)
                .number(now + SOON_MILLIS)
                .query()) {
      return row.next();
    }
  }

  /**
   * When the oldest open part of a node's batches was opened, epoch milliseconds; {@link
   * Long#MAX_VALUE} for none.
   */
  public long firstOpened(long publisher) throws SQLException {
    String sql =
        """
        select coalesce(min(p.opened_at), ?) /* never */
          from part p
          join batch b on b.number = p.batch
         where p.state = 'open'
           and b.state = 'open'
           and b.publisher = ? /* node */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(Long.MAX_VALUE).number(publisher).query()) {
      row.next();
      return row.getLong(1);
    }
  }

  public List<Part> closed(long publisher) throws SQLException {
    return query(
        """
        where p.state = 'closed'
          and b.state = 'open'
          and b.publisher = ? /* node */
        order by p.batch, p.output desc, p.number
        """,
        publisher);
  }

  public List<Part> of(long batch) throws SQLException {
    return query("where p.batch = ? /* batch */ order by p.output desc, p.number", batch);
  }

  public void published(Part part, String file, String place, String sha256, long now)
      throws SQLException {
    String sql =
        """
        update part
           set state = 'published',
               file = ?, /* file */
               place = ?, /* place */
               sha256 = ?, /* hex */
               published_at = ? /* now */
         where batch = ? /* batch */
           and output = ? /* output */
           and number = ? /* number */
           and state = 'closed'
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement)
          .text(file)
          .text(place)
          .text(sha256)
          .number(now)
          .number(part.batch())
          .text(part.output().word())
          .number(part.number())
          .updateOne("closed part", part.words());
    }
  }

  public void acknowledged(long batch, long now) throws SQLException {
    String sql =
        """
        update batch
           set acknowledged_at = ? /* now */
         where number = ? /* batch */
           and state = 'open'
        """;
    mark(sql, batch, now);
  }

  public void archived(long batch, long now) throws SQLException {
    String sql =
        """
        update batch
           set archived_at = ? /* now */
         where number = ? /* batch */
           and state = 'open'
        """;
    mark(sql, batch, now);
  }

  public void completed(long batch, long now) throws SQLException {
    String sql =
        """
        update batch
           set state = 'complete',
               held = 0,
               completed_at = ? /* now */
         where number = ? /* batch */
           and state = 'open'
        """;
    mark(sql, batch, now);
  }

  /** Runs an update whose binds are the time and the batch. */
  private void mark(String sql, long batch, long now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).number(now).number(batch).updateOne("open batch number", batch);
    }
  }

  private List<Part> query(String condition, Object... binds) throws SQLException {
    List<Part> parts = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(PART + condition)) {
      for (int i = 0; i < binds.length; i++) {
        statement.setObject(i + 1, binds[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          parts.add(part(row));
        }
      }
    }
    return parts;
  }

  private static Part part(ResultSet row) throws SQLException {
    return new Part(
        row.getLong("batch"),
        Output.of(row.getString("output")),
        row.getInt("number"),
        row.getLong("rows"),
        row.getLong("first_row"),
        row.getLong("last_row"),
        row.getString("file"),
        row.getString("place"),
        row.getString("sha256"),
        Times.instant(row, "published_at"));
  }
}
