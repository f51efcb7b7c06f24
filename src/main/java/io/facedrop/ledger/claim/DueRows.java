package io.facedrop.ledger.claim;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.ClaimedRow;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Rows that wait for a time that has come, the longest overdue first; looked for in rounds.
 *
 * <p>There may be thousands of rounds a second, and mostly nothing is due: when a look has found
 * nothing, the rounds of the next few milliseconds trust in that.
 */
public final class DueRows {
  private static final long TRUST_MILLIS = 10;
  private static final long NEVER = Long.MIN_VALUE;

  private final Prepared due;
  private final Deque<ClaimedRow> found = new ArrayDeque<>();
  private long now;
  private int most;
  private boolean quiet;
  private boolean looked;
  private boolean trusting;
  private long emptyAt = NEVER;

  /**
   * @param states which of them, as SQL on the progress {@code p}
   * @param claimable which of their batches {@code b}
   */
  public DueRows(Connection connection, String states, String claimable) throws SQLException {
    due =
        new Prepared(
            connection,
            String.format(
                Locale.ROOT,
                """
            select %s
              from progress p
              join manifest_row m on m.id = p.id
              join batch b on b.number = p.id >> 32
             where p.due_at <= ? /* now */
               and %s
               and %s
             order by p.due_at
             limit 2000 -- more than ever ask at once
            """,
                ClaimedRows.COLUMNS,
                states,
                claimable));
  }

  /**
   * Begins a round.
   *
   * @param until epoch milliseconds up to which they are due
   * @param wanted that can be asked for in it
   * @param quietly whether little else waits
   */
  public void begin(long until, int wanted, boolean quietly) {
    now = until;
    most = wanted;
    quiet = quietly;
    found.clear();
    looked = false;
    trusting = emptyAt != NEVER && now >= emptyAt && now - emptyAt < TRUST_MILLIS;
  }

  /** This round trusts in no earlier one. */
  public void insist() {
    trusting = false;
  }

  /** Something may be due that was not before. */
  public void lookAgain() {
    emptyAt = NEVER;
  }

  /**
   * The next row of this round; null when no more are due. The caller records the claim in the
   * ledger.
   */
  public ClaimedRow next() throws SQLException {
    peek();
    return found.poll();
  }

  /** The same, without taking it. */
  public ClaimedRow peek() throws SQLException {
    if (!looked && !trusting) {
      looked = true;
      look();
    }
    return found.peek();
  }

  private void look() throws SQLException {
    // A limit that is bound would have SQLite prepare the statement anew each time.
    try (ResultSet row = Bound.to(due).number(now).query(most)) {
      while (found.size() < most && row.next()) {
        found.add(ClaimedRows.of(row, quiet));
      }
    }
    emptyAt = found.isEmpty() ? now : NEVER;
  }
}
