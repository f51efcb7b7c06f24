package io.facedrop.ledger.claim;

import io.facedrop.api.RequestKind;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.settle.Transition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * How many tasks are open, those that are being created included, so that asking for their results
 * leaves room for creating more.
 *
 * <p>Counting them each time would cost as much as there are, so the count is carried on, and made
 * again where it may be wrong. Only the writer's thread may use it.
 */
public final class OpenTasks {
  private static final long UNKNOWN = -1;
  private static final long OTHERS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Prepared count;
  private long open = UNKNOWN;
  private boolean full;
  private boolean othersWrote;
  private long countedNanos;

  public OpenTasks(Connection connection) throws SQLException {
    count =
        new Prepared(
            connection,
            """
            select (select count(*)
                      from progress p
                      join batch b on b.number = p.id >> 32
                     where p.state = 'submitted'
                       and b.state = 'open'
                       and b.elsewhere = 0)
                 + (select count(*)
                      from claim c
                      left join progress p on p.id = c.row_id
                     where p.state is null
                        or p.state <> 'submitted')
            """);
  }

  public boolean areFewerThan(long most) throws SQLException {
    if (most == Long.MAX_VALUE) {
      return true;
    }
    boolean stale = othersWrote && System.nanoTime() - countedNanos > OTHERS_NANOS;
    if (open == UNKNOWN || stale) {
      othersWrote = false;
      countedNanos = System.nanoTime();
      try (ResultSet row = count.query()) {
        row.next();
        open = row.getLong(1);
      }
    }
    full = open >= most;
    return !full;
  }

  public void claimed(ClaimedRow claimed) {
    if (open != UNKNOWN && claimed.kind() == RequestKind.CREATE) {
      open++;
    }
  }

  /**
   * Records that a claimed row was settled.
   *
   * @return whether there is room again for a create that was refused before
   */
  public boolean settled(Transition transition) {
    if (transition.state() == RowState.SUBMITTED) {
      return false;
    }
    if (open != UNKNOWN) {
      open--;
    }
    boolean wasFull = full;
    full = false;
    return wasFull;
  }

  /** The count is made again soon: a few tasks of others do not matter. */
  public void othersWrote() {
    othersWrote = true;
  }

  /**
   * Discards the count after a rollback; it is made again when needed. Workers that wait for room
   * may have missed their wake-up.
   */
  public void forget() {
    open = UNKNOWN;
    full = true;
  }
}
