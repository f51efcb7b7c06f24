package io.facedrop.ledger.claim;

import io.facedrop.api.gate.RequestKind;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Task;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Takes rows to work on: first the results that are due, for they expire and are paid for; then
 * what is to be submitted again, then the next of the batch whose turn it is.
 */
public final class Claims {
  /**
   * What was submitted before its batch was cancelled, held or set aside is paid for, and goes on,
   * but never at another address.
   */
  private static final String CLAIMABLE =
      """
      b.state = 'open'
         and b.elsewhere = 0
         and (p.state = 'submitted' or b.parked = 0 and b.held = 0 and b.cancelled_at is null)""";

  /**
   * A row that is polled stays due while it is claimed: to take its time away and give it another
   * would be the dearest part of a poll.
   */
  private static final String POLLS =
      """
      p.state = 'submitted'
         and not exists (select 1 from claim c where c.row_id = p.id)""";

  private static final String WAITING = "p.state <> 'submitted' and p.state <> 'unproven'";

  private final OpenTasks openTasks;
  private final DueRows polls;
  private final DueRows freshPolls;
  private final DueRows unfailed;
  private final DueRows retries;
  private final DueRows unproven;
  private final PendingRows pending;
  private final Prepared nextPoll;
  private final Prepared nextRetry;
  private final Prepared takeDue;
  private final Prepared claim;

  private final Set<Long> taken = new HashSet<>();

  /** Whether the last row to submit was one that had failed before. */
  private boolean retried;

  public Claims(Connection connection, OpenTasks openTasks) throws SQLException {
    this.openTasks = openTasks;
    polls = new DueRows(connection, POLLS, CLAIMABLE);
    freshPolls = new DueRows(connection, POLLS + " and p.poll_failures = 0", CLAIMABLE);
    unfailed = new DueRows(connection, WAITING + " and p.attempts = 0", CLAIMABLE);
    retries = new DueRows(connection, WAITING + " and p.attempts > 0", CLAIMABLE);
    unproven =
        new DueRows(connection, "p.state <> 'submitted' and p.state = 'unproven'", CLAIMABLE);
    pending = new PendingRows(connection);
    nextPoll = nextDue(connection, POLLS);
    nextRetry = nextDue(connection, "p.state <> 'submitted'");
    takeDue =
        new Prepared(
            connection,
            """
            update progress
               set due_at = null
             where id in (select value from json_each(?)) /* rows */
               and due_at is not null
            """);
    claim =
        new Prepared(
            connection,
            """
            insert into claim (row_id, claimed_at)
            select value, ? /* now */
              from json_each(?) /* rows */
            """);
  }

  private static Prepared nextDue(Connection connection, String states) throws SQLException {
    return new Prepared(
        connection,
        String.format(
            Locale.ROOT,
            """
        select p.due_at
          from progress p
          join batch b on b.number = p.id >> 32
         where p.due_at is not null
           and %s
           and %s
         order by p.due_at
         limit 1
        """,
            states,
            CLAIMABLE));
  }

  /** Something may be due that was not before. */
  public void lookAgain() {
    polls.lookAgain();
    freshPolls.lookAgain();
    unfailed.lookAgain();
    retries.lookAgain();
  }

  /**
   * Claims one row for each who asks; one that is unproven only when there is no other.
   *
   * @return in the order of those who ask; null for whom nothing that is wanted is pending or due,
   *     as far as was looked
   */
  public List<ClaimedRow> take(long now, List<Wanted> asks) throws SQLException {
    polls.begin(now, asks.size());
    freshPolls.begin(now, asks.size());
    unfailed.begin(now, asks.size());
    retries.begin(now, asks.size());
    unproven.begin(now, asks.size());
    pending.begin(asks.size());
    taken.clear();
    List<ClaimedRow> claimedRows = new ArrayList<>(asks.size());
    List<Long> waited = new ArrayList<>();
    for (Wanted wanted : asks) {
      ClaimedRow claimed = take(wanted, waited);
      claimedRows.add(claimed == null && wanted.isAnything() ? insist(wanted, waited) : claimed);
    }
    pending.end();
    if (!waited.isEmpty()) {
      Bound.to(takeDue).numbers(waited).updateEach("due time", waited);
    }
    claim(claimedRows, now);
    return claimedRows;
  }

  /** Before somebody goes away with nothing, it is looked whether that is true. */
  private ClaimedRow insist(Wanted wanted, List<Long> waited) throws SQLException {
    polls.insist();
    freshPolls.insist();
    unfailed.insist();
    retries.insist();
    return take(wanted, waited);
  }

  /** Two looks of a round may have found the same. */
  private ClaimedRow take(Wanted wanted, List<Long> waited) throws SQLException {
    ClaimedRow claimed = find(wanted, waited);
    while (claimed != null && !taken.add(claimed.id())) {
      claimed = find(wanted.inTurn(), waited);
    }
    if (claimed != null) {
      openTasks.claimed(claimed);
    }
    return claimed;
  }

  private ClaimedRow find(Wanted wanted, List<Long> waited) throws SQLException {
    boolean room = wanted.pending() && openTasks.areFewerThan(wanted.mostOpenTasks());
    ClaimedRow claimed = wanted.isOfFresh() ? fresh(wanted, room, waited) : null;
    if (claimed == null && room && wanted.first() == RequestKind.CREATE) {
      claimed = toSubmit(waited);
    }
    if (claimed == null && wanted.submitted()) {
      claimed = polls.next();
    }
    if (claimed == null && room) {
      claimed = toSubmit(waited);
    }
    if (claimed == null && room && !pending.isUnfinished()) {
      claimed = next(unproven, waited);
    }
    return claimed;
  }

  /** One that has not failed yet, of the stage that goes first; null for none. */
  private ClaimedRow fresh(Wanted wanted, boolean room, List<Long> waited) throws SQLException {
    ClaimedRow claimed = null;
    if (room && wanted.first() != RequestKind.QUERY) {
      claimed = wanted.choice() == Wanted.Choice.ELSEWHERE ? pending.elsewhere() : pending.next();
      claimed = claimed == null ? next(unfailed, waited) : claimed;
    }
    if (claimed == null && wanted.submitted() && wanted.first() != RequestKind.CREATE) {
      claimed = freshPolls.next();
    }
    return claimed;
  }

  /**
   * Those that have failed before go in turn with those that have not, and never before for long.
   */
  private ClaimedRow toSubmit(List<Long> waited) throws SQLException {
    ClaimedRow claimed = next(unfailed, waited);
    if (claimed == null && !retried) {
      claimed = next(retries, waited);
      retried = claimed != null;
    } else if (claimed == null) {
      claimed = pending.next();
      retried = false;
    }
    if (claimed == null) {
      claimed = pending.next();
    }
    return claimed == null ? next(retries, waited) : claimed;
  }

  private static ClaimedRow next(DueRows due, List<Long> waited) throws SQLException {
    ClaimedRow claimed = due.next();
    if (claimed != null) {
      waited.add(claimed.id());
    }
    return claimed;
  }

  private void claim(List<ClaimedRow> claimedRows, long now) throws SQLException {
    List<Long> claimed = claimedRows.stream().filter(Objects::nonNull).map(ClaimedRow::id).toList();
    if (!claimed.isEmpty()) {
      Bound.to(claim).number(now).numbers(claimed).updateEach("new claim", claimed);
    }
  }

  /** Whether pending rows may be left that the last look did not reach. */
  public boolean isUnfinished() {
    return pending.isUnfinished();
  }

  /** When the next row that is wanted will be due; {@link Long#MAX_VALUE} when none waits. */
  public long nextDue(Wanted wanted) throws SQLException {
    boolean room = wanted.pending() && openTasks.areFewerThan(wanted.mostOpenTasks());
    return Math.min(
        wanted.submitted() ? first(nextPoll) : Long.MAX_VALUE,
        room ? first(nextRetry) : Long.MAX_VALUE);
  }

  private static long first(Prepared statement) throws SQLException {
    try (ResultSet row = statement.query()) {
      return row.next() ? row.getLong(1) : Long.MAX_VALUE;
    }
  }

  /** From the columns of the statements that tell what is due, or was claimed. */
  public static ClaimedRow claimed(ResultSet row) throws SQLException {
    return claimed(row, task(row));
  }

  /** From the columns of the statements that tell what is pending too. */
  public static ClaimedRow claimed(ResultSet row, Task task) throws SQLException {
    return new ClaimedRow(
        row.getLong(1),
        row.getString(2),
        row.getLong(3),
        row.getInt(4),
        row.getInt(5),
        row.getInt(6) == 1,
        task);
  }

  private static Task task(ResultSet row) throws SQLException {
    String id = row.getString(7);
    return id == null
        ? null
        : new Task(id, row.getLong(8), row.getLong(9), row.getInt(10), row.getLong(11));
  }
}
