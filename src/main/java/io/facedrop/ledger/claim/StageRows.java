package io.facedrop.ledger.claim;

import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.query.QueryTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of one stage that wait for a time; looked for in rounds. */
final class StageRows {
  /**
   * A row that is queried stays due while it is claimed: to take its time away and give it another
   * would be the dearest part of a query.
   */
  private static final String SUBMITTED =
      """
      p.state = 'submitted'
         and not exists (select 1 from claim c where c.row_id = p.id)""";

  static final String DATED = SUBMITTED + " and p.dated = 1";
  static final String UNASKED = SUBMITTED + " and p.dated = 0";

  private static final String WAITING = "p.state <> 'submitted' and p.state <> 'unproven'";

  private final DueRows dated;
  private final DueRows freshDated;
  private final DueRows likely;
  private final DueRows early;
  private final DueRows unfailed;
  private final DueRows retries;
  private final DueRows unproven;

  /** Rows that were taken in this round although they have a due time. */
  private final List<Long> waited = new ArrayList<>();

  private QueryTimes times;
  private long now;

  /**
   * @param claimable which of their batches {@code b}, as SQL
   */
  StageRows(Connection connection, Stage stage, String claimable) throws SQLException {
    String here = " and p.stage = '" + stage.word() + "'";
    dated = new DueRows(connection, DATED + here, claimable);
    freshDated = new DueRows(connection, DATED + here + " and p.query_failures = 0", claimable);
    likely = new DueRows(connection, UNASKED + here, claimable);
    early = new DueRows(connection, UNASKED + here, claimable);
    unfailed = new DueRows(connection, WAITING + here + " and p.attempts = 0", claimable);
    retries = new DueRows(connection, WAITING + here + " and p.attempts > 0", claimable);
    unproven =
        new DueRows(
            connection, "p.state <> 'submitted' and p.state = 'unproven'" + here, claimable);
  }

  /** Something may be due that was not before. */
  void lookAgain() {
    trusting().forEach(DueRows::lookAgain);
  }

  /**
   * Begins a round.
   *
   * @param most that can be asked for in it
   * @param quiet whether little waits to be sent for the first time
   */
  void begin(QueryTimes by, long moment, int most, boolean quiet) {
    times = by;
    now = moment;
    for (DueRows due : List.of(dated, freshDated, unfailed, retries, unproven)) {
      due.begin(now, most, quiet);
    }
    likely.begin(now - times.likely(now), most, quiet);
    early.begin(now - times.early(now), most, quiet);
    waited.clear();
  }

  /** This round trusts in no earlier one. */
  void insist() {
    trusting().forEach(DueRows::insist);
  }

  private List<DueRows> trusting() {
    return List.of(dated, freshDated, likely, early, unfailed, retries);
  }

  /** The next whose task is due for a query; null for none, as of each that follows. */
  ClaimedRow query() throws SQLException {
    ClaimedRow claimed = dated.next();
    return claimed == null ? unasked(likely, times.likely(now)) : claimed;
  }

  /** The next that is due for a query and whose queries have not failed. */
  ClaimedRow freshQuery() throws SQLException {
    ClaimedRow claimed = freshDated.next();
    return claimed == null ? unasked(likely, times.likely(now)) : claimed;
  }

  /** The next that may be queried because nothing else is to be sent. */
  ClaimedRow earlyQuery() throws SQLException {
    return unasked(early, times.early(now));
  }

  /** The age may have gone up since the round began: a search hands out one row for each age. */
  private ClaimedRow unasked(DueRows rows, long age) throws SQLException {
    ClaimedRow next = rows.peek();
    if (next == null || now - next.task().submittedAt() < age) {
      return null;
    }
    times.handedOut(now - next.task().submittedAt());
    return rows.next();
  }

  /** The next that waits for a create and has not failed. */
  ClaimedRow unfailed() throws SQLException {
    return waited(unfailed.next());
  }

  /** The next that waits for a create after one that failed. */
  ClaimedRow retry() throws SQLException {
    return waited(retries.next());
  }

  /** The next that was answered 404 by an address that has not proven itself. */
  ClaimedRow unproven() throws SQLException {
    return waited(unproven.next());
  }

  private ClaimedRow waited(ClaimedRow claimed) {
    if (claimed != null) {
      waited.add(claimed.id());
    }
    return claimed;
  }

  /** The rows that were taken in this round and still have a due time. */
  List<Long> waited() {
    return waited;
  }
}
