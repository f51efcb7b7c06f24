package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Takes images to work on: first what is due again, then the next of the batch whose turn it is.
 *
 * <p>A batch's pending images are those from its next position on, so claiming costs the same
 * whatever the backlog.
 */
final class Claims {
  /** What was submitted before its batch was cancelled is paid for, and goes on. */
  private static final String CLAIMABLE =
      """
      b.state = 'open'
         and b.parked = 0
         and (b.cancelled_at is null or p.state = 'submitted')""";

  private final PreparedStatement due;
  private final PreparedStatement heldDue;
  private final PreparedStatement nextDue;
  private final PreparedStatement takeDue;
  private final PreparedStatement nextBatch;
  private final PreparedStatement nextImage;
  private final PreparedStatement advance;
  private final PreparedStatement claim;

  Claims(Connection connection) throws SQLException {
    due = due(connection, "<>");
    heldDue = due(connection, "=");
    nextDue =
        connection.prepareStatement(
            """
            select p.due_at
              from progress p
              join batch b on b.number = p.id >> 32
             where p.due_at is not null
               and %s
             order by p.due_at
             limit 1
            """
                .formatted(CLAIMABLE));
    takeDue =
        connection.prepareStatement(
            """
            update progress
               set due_at = null
             where id = ? /* image */
            """);
    nextBatch =
        connection.prepareStatement(
            """
            select number, next_position, rows
              from batch indexed by batch_by_turn
             where state = 'open'
               and parked = 0
               and cancelled_at is null
               and next_position < rows
             order by turn, number
             limit 1
            """);
    nextImage =
        connection.prepareStatement(
            """
            select i.id, i.url, i.line, 0, 0, 0, i.detect_task_id
              from image i
             where i.id >= ? /* next */
               and i.id < ? /* end of the batch */
               and not exists (select 1 from progress p where p.id = i.id)
             order by i.id
             limit 1
            """);
    advance =
        connection.prepareStatement(
            """
            update batch
               set next_position = ?, /* position */
                   turn = turn + 1
             where number = ? /* batch */
            """);
    claim =
        connection.prepareStatement(
            """
            insert into claim (image, claimed_at)
            values (? /* image */, ? /* now */)
            """);
  }

  private static PreparedStatement due(Connection connection, String held) throws SQLException {
    return connection.prepareStatement(
        """
        select p.id, i.url, i.line, p.attempts, p.requests, p.possible_duplicate,
               p.detect_task_id
          from progress p
          join image i on i.id = p.id
          join batch b on b.number = p.id >> 32
         where p.due_at <= ? /* now */
           and p.state %s 'held'
           and %s
         order by p.due_at
         limit 1
        """
            .formatted(held, CLAIMABLE));
  }

  /**
   * Claims one image; one that is held only when there is no other.
   *
   * @param fresh whether one that was never sent goes before one that is due again
   * @return null when nothing is pending or due
   */
  Image take(long now, boolean fresh) throws SQLException {
    Image image = fresh ? pending() : due(due, now);
    if (image == null) {
      image = fresh ? due(due, now) : pending();
    }
    if (image == null) {
      image = due(heldDue, now);
    }
    if (image != null) {
      Bound.to(claim).number(image.id()).number(now).updateOne("claim");
    }
    return image;
  }

  /** When the next image will be due; {@link Long#MAX_VALUE} when none waits. */
  long nextDue() throws SQLException {
    try (ResultSet row = nextDue.executeQuery()) {
      return row.next() ? row.getLong(1) : Long.MAX_VALUE;
    }
  }

  private Image due(PreparedStatement statement, long now) throws SQLException {
    Image image;
    try (ResultSet row = Bound.to(statement).number(now).query()) {
      if (!row.next()) {
        return null;
      }
      image = image(row);
    }
    Bound.to(takeDue).number(image.id()).updateOne("waiting image");
    return image;
  }

  private Image pending() throws SQLException {
    while (true) {
      long batch;
      long next;
      long rows;
      try (ResultSet row = nextBatch.executeQuery()) {
        if (!row.next()) {
          return null;
        }
        batch = row.getLong(1);
        next = row.getLong(2);
        rows = row.getLong(3);
      }
      Image image = firstPending(Image.id(batch, next), Image.id(batch, rows));
      long position = image == null ? rows : Image.position(image.id()) + 1;
      Bound.to(advance).number(position).number(batch).updateOne("batch");
      if (image != null) {
        return image;
      }
    }
  }

  private Image firstPending(long from, long end) throws SQLException {
    try (ResultSet row = Bound.to(nextImage).number(from).number(end).query()) {
      return row.next() ? image(row) : null;
    }
  }

  private static Image image(ResultSet row) throws SQLException {
    return new Image(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getInt(4),
        row.getInt(5),
        row.getInt(6) == 1,
        row.getString(7));
  }
}
