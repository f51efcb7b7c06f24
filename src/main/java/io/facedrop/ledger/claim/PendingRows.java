package io.facedrop.ledger.claim;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.RowId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Finds, in rounds, rows that were never sent, of the batch whose turn it is.
 *
 * <p>The pending rows of a batch are those from its next position on, so the backlog does not
 * matter for the time to find them. A round takes as many rows of one batch as are wanted, and
 * counts as many turns for it. So no batch is ahead of others by more rows than one round takes.
 */
public final class PendingRows {
  /** Rows that are passed by at once because they are settled or share a result. */
  private static final int MOST_PASSED_BY = 2000;

  private final Prepared nextBatch;
  private final Prepared nextImages;
  private final Prepared advance;
  private final RandomGenerator random = new SplittableRandom();
  private final Deque<ClaimedRow> found = new ArrayDeque<>();
  private int most;
  private boolean quiet;
  private boolean small;
  private long batch;
  private long from;
  private long reached;
  private long end;
  private int taken;
  private boolean unfinished;

  public PendingRows(Connection connection) throws SQLException {
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
            select m.id, m.image_url, m.line, 0, 0, 0
              from manifest_row m
             where m.id >= ? /* next */
               and m.id < ? /* end of what is looked at */
               and not exists (select 1 from progress p where p.id = m.id)
               and not exists (select 1 from follower f where f.row_id = m.id)
               and not exists (select 1 from claim c where c.row_id = m.id)
             order by m.id
             limit 2000 -- as many as are passed by at once
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
   * @param quietly whether little else waits
   */
  public void begin(int wanted, boolean quietly) {
    most = wanted;
    quiet = quietly;
    found.clear();
    batch = 0;
    unfinished = false;
  }

  /**
   * The next of this round.
   *
   * @return null when none is pending, as far as was looked
   */
  public ClaimedRow next() throws SQLException {
    while (found.isEmpty() && !unfinished) {
      end();
      if (!look()) {
        return null;
      }
    }
    ClaimedRow claimed = found.poll();
    if (claimed != null) {
      taken++;
      reached = RowId.position(claimed.id()) + 1;
    }
    return claimed;
  }

  /**
   * One from anywhere in the batch whose turn it is; null when none is near where was looked. What
   * goes by turn passes it by later.
   */
  public ClaimedRow elsewhere() throws SQLException {
    end();
    found.clear();
    try (ResultSet row = nextBatch.query()) {
      return row.next() ? elsewhere(row.getLong(1), row.getLong(2), row.getLong(3)) : null;
    }
  }

  private ClaimedRow elsewhere(long number, long next, long rows) throws SQLException {
    long start = random.nextLong(next, rows);
    long end = Math.min(rows, start + MOST_PASSED_BY);
    try (ResultSet row =
        Bound.to(nextImages)
            .number(RowId.of(number, start))
            .number(RowId.of(number, end))
            .query(1)) {
      return row.next() ? ClaimedRows.pending(row, ClaimedRows.isSmall(rows, quiet)) : null;
    }
  }

  /** Whether there may be more than the round has looked at. */
  public boolean isUnfinished() {
    return unfinished;
  }

  /** Ends the round: what it has taken is not found again. */
  public void end() throws SQLException {
    if (batch != 0) {
      long position = found.isEmpty() ? end : reached;
      if (position > from) {
        Bound.to(advance)
            .number(position)
            .number(Math.max(1, taken))
            .number(batch)
            .updateOne("batch number", batch);
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
    small = ClaimedRows.isSmall(rows, quiet);
    taken = 0;
    reached = from;
    end = Math.min(rows, from + MOST_PASSED_BY);
    find();
    unfinished = found.isEmpty() && end < rows;
    return true;
  }

  private void find() throws SQLException {
    try (ResultSet row =
        Bound.to(nextImages)
            .number(RowId.of(batch, from))
            .number(RowId.of(batch, end))
            .query(most)) {
      // A limit that is bound would have SQLite prepare the statement anew each time.
      while (found.size() < most && row.next()) {
        found.add(ClaimedRows.pending(row, small));
      }
    }
    if (found.size() == most) {
      end = RowId.position(found.getLast().id()) + 1;
    }
  }
}
