package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Images that were never sent, of the batch whose turn it is; looked for in rounds.
 *
 * <p>A batch's pending images are those from its next position on, so finding them costs the same
 * whatever the backlog. A round takes what it wants of one batch and counts as many turns for it,
 * so a batch is ahead of others by no more than are asked for at once.
 */
final class PendingImages {
  /** Rows that are passed by at once because they are settled or share a result. */
  private static final int MOST_PASSED_BY = 2000;

  private final Prepared nextBatch;
  private final Prepared nextImages;
  private final Prepared advance;
  private final RandomGenerator random = new SplittableRandom();
  private final Deque<Image> found = new ArrayDeque<>();
  private int most;
  private long batch;
  private long from;
  private long reached;
  private long end;
  private int taken;
  private boolean unfinished;

  PendingImages(Connection connection) throws SQLException {
    nextBatch =
        new Prepared(
            connection,
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
    nextImages =
        new Prepared(
            connection,
            """
            select i.id, i.url, i.line, 0, 0, 0
              from image i
             where i.id >= ? /* next */
               and i.id < ? /* end of what is looked at */
               and not exists (select 1 from progress p where p.id = i.id)
               and not exists (select 1 from follower f where f.image = i.id)
               and not exists (select 1 from claim c where c.image = i.id)
             order by i.id
            """);
    advance =
        new Prepared(
            connection,
            """
            update batch
               set next_position = ?, /* position */
                   turn = turn + ? /* taken */
             where number = ? /* batch */
            """);
  }

  /**
   * Begins a round.
   *
   * @param wanted that can be asked for in it
   */
  void begin(int wanted) {
    most = wanted;
    found.clear();
    batch = 0;
    unfinished = false;
  }

  /**
   * The next of this round.
   *
   * @return null when none is pending, as far as was looked
   */
  Image next() throws SQLException {
    while (found.isEmpty() && !unfinished) {
      end();
      if (!look()) {
        return null;
      }
    }
    Image image = found.poll();
    if (image != null) {
      taken++;
      reached = Image.position(image.id()) + 1;
    }
    return image;
  }

  /**
   * One from anywhere in the batch whose turn it is; null when none is near where was looked. What
   * goes by turn passes it by later.
   */
  Image elsewhere() throws SQLException {
    end();
    found.clear();
    try (ResultSet row = nextBatch.query()) {
      return row.next() ? elsewhere(row.getLong(1), row.getLong(2), row.getLong(3)) : null;
    }
  }

  private Image elsewhere(long number, long next, long rows) throws SQLException {
    long start = random.nextLong(next, rows);
    long end = Math.min(rows, start + MOST_PASSED_BY);
    try (ResultSet row =
        Bound.to(nextImages)
            .number(Image.id(number, start))
            .number(Image.id(number, end))
            .query()) {
      return row.next() ? Claims.image(row, null) : null;
    }
  }

  /** Whether there may be more than the round has looked at. */
  boolean isUnfinished() {
    return unfinished;
  }

  /** Ends the round: what it has taken is not found again. */
  void end() throws SQLException {
    if (batch != 0) {
      long position = found.isEmpty() ? end : reached;
      if (position > from) {
        Bound.to(advance)
            .number(position)
            .number(Math.max(1, taken))
            .number(batch)
            .updateOne("batch");
      }
      batch = 0;
    }
  }

  /** Looks at some rows of the batch whose turn it is; false when no batch has any. */
  private boolean look() throws SQLException {
    long rows;
    try (ResultSet row = nextBatch.query()) {
      if (!row.next()) {
        return false;
      }
      batch = row.getLong(1);
      from = row.getLong(2);
      rows = row.getLong(3);
    }
    taken = 0;
    reached = from;
    end = Math.min(rows, from + MOST_PASSED_BY);
    find();
    unfinished = found.isEmpty() && end < rows;
    return true;
  }

  private void find() throws SQLException {
    try (ResultSet row =
        Bound.to(nextImages).number(Image.id(batch, from)).number(Image.id(batch, end)).query()) {
      // A limit that is bound would have the statement prepared anew each time.
      while (found.size() < most && row.next()) {
        found.add(Claims.image(row, null));
      }
    }
    if (found.size() == most) {
      end = Image.position(found.getLast().id()) + 1;
    }
  }
}
