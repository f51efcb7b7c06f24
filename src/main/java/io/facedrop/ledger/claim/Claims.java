package io.facedrop.ledger.claim;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.query.KeptEvidence;
import io.facedrop.ledger.query.ListedAges;
import io.facedrop.ledger.query.QueryTimes;
import io.facedrop.ledger.settle.Due;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** Milliseconds for which nobody is woken. */
  private static final long LITTLE_SOONER = 20;

  private final OpenTasks openTasks;
  private final Map<Stage, StageRows> stages = new EnumMap<>(Stage.class);
  private final KeptEvidence evidence;
  private final PendingRows pending;
  private final Backlog backlog;
  private final Prepared nextDated;
  private final Prepared oldestUnasked;
  private final Prepared nextRetry;
  private final Prepared takeDue;
  private final Prepared claim;
  private final long node;

  private volatile QueryTimes times = ListedAges.AT_ONCE;
  private long before;
  private final Set<Long> taken = new HashSet<>();

  /** Whether the last row to submit was one that had failed before. */
  private boolean retried;

  /**
   * @param node that claims; 0 where only one process can work
   */
  public Claims(Connection connection, OpenTasks openTasks, KeptEvidence evidence, long node)
      throws SQLException {
    this.node = node;
    this.openTasks = openTasks;
    this.evidence = evidence;
    for (Stage stage : Stage.values()) {
      stages.put(stage, new StageRows(connection, stage, CLAIMABLE));
    }
    pending = new PendingRows(connection);
    backlog = new Backlog(connection);
    nextDated = nextDue(connection, StageRows.DATED);
    oldestUnasked = nextDue(connection, StageRows.UNASKED);
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
            insert into claim (row_id, claimed_at, node)
            select value, ? /* now */, ? /* node */
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
    stages.values().forEach(StageRows::lookAgain);
  }

  /**
   * Claims one row for each who asks; one that is unproven only when there is no other.
   *
   * @return in the order of those who ask; null for whom nothing that is wanted is pending or due,
   *     as far as was looked
   */
  public List<ClaimedRow> take(long now, List<Wanted> asks) throws SQLException {
    boolean quiet = backlog.isLittle(now);
    stages.values().forEach(rows -> rows.begin(times, now, asks.size(), quiet));
    pending.begin(asks.size(), quiet);
    taken.clear();
    List<ClaimedRow> claimedRows = new ArrayList<>(asks.size());
    for (Wanted wanted : asks) {
      ClaimedRow claimed = take(wanted);
      claimedRows.add(claimed == null && wanted.isAnything() ? insist(wanted) : claimed);
    }
    pending.end();
    for (StageRows rows : stages.values()) {
      if (!rows.waited().isEmpty()) {
        Bound.to(takeDue).numbers(rows.waited()).updateEach("due time", rows.waited());
      }
    }
    claim(claimedRows, now);
    evidence.keep(times, now);
    return claimedRows;
  }

  /** Before a worker goes away with nothing, it is looked whether that is true. */
  private ClaimedRow insist(Wanted wanted) throws SQLException {
    stages.values().forEach(StageRows::insist);
    return take(wanted);
  }

  /** Two looks of a round may have found the same. */
  private ClaimedRow take(Wanted wanted) throws SQLException {
    ClaimedRow claimed = find(wanted);
    while (claimed != null && !taken.add(claimed.id())) {
      claimed = find(wanted.inTurn());
    }
    if (claimed != null) {
      openTasks.claimed(claimed);
    }
    return claimed;
  }

  private ClaimedRow find(Wanted wanted) throws SQLException {
    boolean room = wanted.isCreate() && openTasks.areFewerThan(wanted.mostOpenTasks());
    ClaimedRow claimed = wanted.isOfFresh() ? fresh(wanted, room) : null;
    if (claimed == null && room && wanted.first() == RequestKind.CREATE) {
      claimed = toCreate(wanted);
    }
    if (claimed == null) {
      claimed = first(wanted.queries(), StageRows::query);
    }
    if (claimed == null && room) {
      claimed = toCreate(wanted);
    }
    if (claimed == null && room && !pending.isUnfinished()) {
      claimed = first(wanted.creates(), StageRows::unproven);
    }
    return claimed == null ? first(wanted.queries(), StageRows::earlyQuery) : claimed;
  }

  /** One that has not failed yet, of the kind that goes first; null for none. */
  private ClaimedRow fresh(Wanted wanted, boolean room) throws SQLException {
    ClaimedRow claimed = null;
    if (room && wanted.first() != RequestKind.QUERY) {
      claimed =
          wanted.choice() == Wanted.Choice.ELSEWHERE && wanted.isBeginning()
              ? pending.elsewhere()
              : pending(wanted);
      claimed = claimed == null ? first(wanted.creates(), StageRows::unfailed) : claimed;
    }
    if (claimed == null && wanted.first() != RequestKind.CREATE) {
      claimed = first(wanted.queries(), StageRows::freshQuery);
    }
    return claimed;
  }

  /**
   * Those that have failed before go in turn with those that have not, and never before for long.
   */
  private ClaimedRow toCreate(Wanted wanted) throws SQLException {
    ClaimedRow claimed = first(wanted.creates(), StageRows::unfailed);
    if (claimed == null && !retried) {
      claimed = first(wanted.creates(), StageRows::retry);
      retried = claimed != null;
    } else if (claimed == null) {
      claimed = pending(wanted);
      retried = false;
    }
    if (claimed == null) {
      claimed = pending(wanted);
    }
    return claimed == null ? first(wanted.creates(), StageRows::retry) : claimed;
  }

  /** The next that was never sent; only the first stage has such rows. */
  private ClaimedRow pending(Wanted wanted) throws SQLException {
    return wanted.isBeginning() ? pending.next() : null;
  }

  /** How one row of a stage is found; null for none. */
  private interface Finder {
    ClaimedRow find(StageRows rows) throws SQLException;
  }

  private ClaimedRow first(Set<Stage> wanted, Finder finder) throws SQLException {
    for (Stage stage : Stage.LAST_FIRST) {
      ClaimedRow claimed = wanted.contains(stage) ? finder.find(stages.get(stage)) : null;
      if (claimed != null) {
        return claimed;
      }
    }
    return null;
  }

  private void claim(List<ClaimedRow> claimedRows, long now) throws SQLException {
    List<Long> claimed = claimedRows.stream().filter(Objects::nonNull).map(ClaimedRow::id).toList();
    if (!claimed.isEmpty()) {
      Bound.to(claim).number(now).number(node).numbers(claimed).updateEach("new claim", claimed);
    }
  }

  /** Whether pending rows may be left that the last look did not reach. */
  public boolean isUnfinished() {
    return pending.isUnfinished();
  }

  /** When the next row that is wanted will be due; {@link Long#MAX_VALUE} when none waits. */
  public long nextDue(Wanted wanted, long now) throws SQLException {
    boolean room = wanted.isCreate() && openTasks.areFewerThan(wanted.mostOpenTasks());
    return Math.min(
        wanted.isQuery() ? nextQuery(now) : Long.MAX_VALUE,
        room ? first(nextRetry) : Long.MAX_VALUE);
  }

  private long nextQuery(long now) throws SQLException {
    long oldest = first(oldestUnasked);
    long early = oldest == Long.MAX_VALUE ? Long.MAX_VALUE : oldest + times.early(now);
    return Math.min(first(nextDated), early);
  }

  /** When a row is due, in epoch milliseconds, as far as is known now. */
  public long when(Due due, long now) {
    return due.dated() ? due.at() : due.at() + times.early(now);
  }

  /** Whether tasks are to be queried sooner than when this was asked before. */
  public boolean isSooner(long now) {
    long age = times.early(now);
    boolean sooner = age < before - Math.max(LITTLE_SOONER, before / 50);
    before = age;
    return sooner;
  }

  /** From now on tasks are queried by these times. */
  public void queryAt(QueryTimes next) {
    times = next;
  }

  private static long first(Prepared statement) throws SQLException {
    try (ResultSet row = statement.query()) {
      return row.next() ? row.getLong(1) : Long.MAX_VALUE;
    }
  }
}
