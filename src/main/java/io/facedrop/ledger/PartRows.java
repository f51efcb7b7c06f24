package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** The rows of a closed part in the order of their lines, read some at a time. */
public final class PartRows implements AutoCloseable {
  private static final int AT_A_TIME = 1000;

  private final Connection connection;
  private final PreparedStatement page;
  private final Part part;
  private final Deque<SettledRow> rows = new ArrayDeque<>();
  private long next;

  PartRows(Connection connection, Part part) throws SQLException {
    this.connection = connection;
    this.part = part;
    this.next = part.firstImage();
    page =
        connection.prepareStatement(
            """
            select p.id, i.line, i.url, i.before, i.after, i.origin, p.attempts, p.requests,
                   p.possible_duplicate, p.detect_task_id, p.charged, p.settled_at, p.reason,
                   p.code, p.http_status, p.message, p.detect_id, p.face_count, p.faces, p.detected_at,
                   p.expires_at
              from progress p
              join image i on i.id = p.id
             where p.id between ? /* next */ and ? /* last */
               and p.state = ? /* state */
               and p.part = ? /* part */
             order by p.id
             limit ? /* at a time */
            """);
  }

  /** The next row; null behind the last. */
  public SettledRow next() {
    if (rows.isEmpty() && next <= part.lastImage()) {
      read();
    }
    return rows.poll();
  }

  private void read() {
    Settlement.State state =
        part.output() == Output.SUCCESS ? Settlement.State.SUCCEEDED : Settlement.State.DEAD;
    try (ResultSet row =
        Bound.to(page)
            .number(next)
            .number(part.lastImage())
            .text(state.word())
            .number((long) part.number())
            .number((long) AT_A_TIME)
            .query()) {
      next = part.lastImage() + 1;
      while (row.next()) {
        rows.add(row(row));
        next = rows.size() == AT_A_TIME ? row.getLong(1) + 1 : next;
      }
    } catch (SQLException e) {
      throw new LedgerException("the ledger could not be read: " + e.getMessage(), e);
    }
  }

  private static SettledRow row(ResultSet row) throws SQLException {
    return new SettledRow(
        row.getLong(2),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        row.getInt(7),
        row.getInt(8),
        row.getInt(9) == 1,
        row.getString(10),
        row.getString(11),
        Batches.instant(row, 12),
        row.getString(13),
        (Integer) row.getObject(14),
        (Integer) row.getObject(15),
        row.getString(16),
        row.getString(17),
        (Integer) row.getObject(18),
        row.getString(19),
        Batches.instant(row, 20),
        Batches.instant(row, 21));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new LedgerException("the ledger could not be closed: " + e.getMessage(), e);
    }
  }
}
