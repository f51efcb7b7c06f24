package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Takes images to work on: first the results that are due, for they expire and are paid for; then
 * what is to be submitted again, then the next of the batch whose turn it is.
 *
 * <p>A batch's pending images are those from its next position on, so claiming costs the same
 * whatever the backlog.
 */
final class Claims {
  /**
   * What was submitted before its batch was cancelled, held or set aside is paid for, and goes on.
   */
  private static final String CLAIMABLE =
      """
      b.state = 'open'
         and (p.state = 'submitted' or b.parked = 0 and b.held = 0 and b.cancelled_at is null)""";

  /** Rows that are passed by at once because they are settled or share a result. */
  private static final int MOST_PASSED_BY = 2000;

  private final OpenTasks openTasks;
  private final PreparedStatement poll;
  private final PreparedStatement due;
  private final PreparedStatement heldDue;
  private final PreparedStatement nextPoll;
  private final PreparedStatement nextDue;
  private final PreparedStatement takeDue;
  private final PreparedStatement nextBatch;
  private final PreparedStatement nextImage;
  private final PreparedStatement advance;
  private final PreparedStatement claim;
  private boolean unfinished;

  Claims(Connection connection, OpenTasks openTasks) throws SQLException {
    this.openTasks = openTasks;
    poll = due(connection, "p.state = 'submitted'");
    due = due(connection, "p.state <> 'submitted' and p.state <> 'held'");
    heldDue = due(connection, "p.state <> 'submitted' and p.state = 'held'");
    nextPoll = nextDue(connection, "p.state = 'submitted'");
    nextDue = nextDue(connection, "p.state <> 'submitted'");
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
               and held = 0
               and cancelled_at is null
               and next_position < rows
             order by turn, number
             limit 1
            """);
    nextImage =
        connection.prepareStatement(
            """
            select i.id, i.url, i.line, 0, 0, 0
              from image i
             where i.id >= ? /* next */
               and i.id < ? /* end of the batch */
               and not exists (select 1 from progress p where p.id = i.id)
               and not exists (select 1 from follower f where f.image = i.id)
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

  private static PreparedStatement due(Connection connection, String states) throws SQLException {
    return connection.prepareStatement(
        """
        select p.id, i.url, i.line, p.attempts, p.requests, p.possible_duplicate,
               p.detect_task_id, p.submitted_at, p.unfinished_at, p.poll_failures, p.missing_since
          from progress p
          join image i on i.id = p.id
          join batch b on b.number = p.id >> 32
         where p.due_at <= ? /* now */
           and %s
           and %s
         order by p.due_at
         limit 1
        """
            .formatted(states, CLAIMABLE));
  }

  private static PreparedStatement nextDue(Connection connection, String states)
      throws SQLException {
    return connection.prepareStatement(
        """
        select p.due_at
          from progress p
          join batch b on b.number = p.id >> 32
         where p.due_at is not null
           and %s
           and %s
         order by p.due_at
         limit 1
        """
            .formatted(states, CLAIMABLE));
  }

  /**
   * Claims one image; one that is held only when there is no other.
   *
   * @return null when nothing that is wanted is pending or due, as far as was looked
   */
  Image take(long now, Wanted wanted) throws SQLException {
    unfinished = false;
    boolean room = wanted.pending() && openTasks.areFewerThan(wanted.mostOpenTasks());
    Image image = room && wanted.fresh() ? pending() : null;
    if (image == null && room && wanted.pendingFirst()) {
      image = toSubmit(now);
    }
    if (image == null && wanted.submitted()) {
      image = due(poll, now);
    }
    if (image == null && room) {
      image = toSubmit(now);
    }
    if (image == null && room && !unfinished) {
      image = due(heldDue, now);
    }
    if (image != null) {
      Bound.to(claim).number(image.id()).number(now).updateOne("claim");
      openTasks.claimed(image);
    }
    return image;
  }

  private Image toSubmit(long now) throws SQLException {
    Image image = due(due, now);
    return image == null ? pending() : image;
  }

  /** Whether pending images may be left that the last look did not reach. */
  boolean isUnfinished() {
    return unfinished;
  }

  /** When the next image that is wanted will be due; {@link Long#MAX_VALUE} when none waits. */
  long nextDue(Wanted wanted) throws SQLException {
    boolean room = wanted.pending() && openTasks.areFewerThan(wanted.mostOpenTasks());
    return Math.min(
        wanted.submitted() ? first(nextPoll) : Long.MAX_VALUE,
        room ? first(nextDue) : Long.MAX_VALUE);
  }

  private static long first(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : Long.MAX_VALUE;
    }
  }

  private Image due(PreparedStatement statement, long now) throws SQLException {
    Image image;
    try (ResultSet row = Bound.to(statement).number(now).query()) {
      if (!row.next()) {
        return null;
      }
      image = claimed(row);
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
      long end = Math.min(rows, next + MOST_PASSED_BY);
      Image image = firstPending(Image.id(batch, next), Image.id(batch, end));
      long position = image == null ? end : Image.position(image.id()) + 1;
      Bound.to(advance).number(position).number(batch).updateOne("batch");
      unfinished = image == null && end < rows;
      if (image != null || unfinished) {
        return image;
      }
    }
  }

  private Image firstPending(long from, long end) throws SQLException {
    try (ResultSet row = Bound.to(nextImage).number(from).number(end).query()) {
      return row.next() ? image(row, null) : null;
    }
  }

  private static Image image(ResultSet row, Task task) throws SQLException {
    return new Image(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getInt(4),
        row.getInt(5),
        row.getInt(6) == 1,
        task);
  }

  /** From the columns of the statements that tell what is due, or was claimed. */
  static Image claimed(ResultSet row) throws SQLException {
    return image(row, task(row));
  }

  private static Task task(ResultSet row) throws SQLException {
    String id = row.getString(7);
    return id == null
        ? null
        : new Task(id, row.getLong(8), row.getLong(9), row.getInt(10), row.getLong(11));
  }
}
