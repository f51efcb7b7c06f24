package io.facedrop.ledger.claim;

import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.model.ClaimedRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The rows of one stage that wait for a time that has come; looked for in rounds. */
final class StageRows {
  /**
   * A row that is queried stays due while it is claimed: to take its time away and give it another
   * would be the dearest part of a query.
   */
  static final String QUERIES =
      """
      p.state = 'submitted'
         and not exists (select 1 from claim c where c.row_id = p.id)""";

  private static final String WAITING = "p.state <> 'submitted' and p.state <> 'unproven'";

  private final DueRows queries;
  private final DueRows freshQueries;
  private final DueRows unfailed;
  private final DueRows retries;
  private final DueRows unproven;

  /** Rows that were taken in this round although they have a due time. */
  private final List<Long> waited = new ArrayList<>();

  /**
   * @param claimable which of their batches {@code b}, as SQL
   */
  StageRows(Connection connection, Stage stage, String claimable) throws SQLException {
    String here = " and p.stage = '" + stage.word() + "'";
    queries = new DueRows(connection, QUERIES + here, claimable);
    freshQueries = new DueRows(connection, QUERIES + here + " and p.poll_failures = 0", claimable);
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
   */
  void begin(long now, int most) {
    trusting().forEach(due -> due.begin(now, most));
    unproven.begin(now, most);
    waited.clear();
  }

  /** This round trusts in no earlier one. */
  void insist() {
    trusting().forEach(DueRows::insist);
  }

  private List<DueRows> trusting() {
    return List.of(queries, freshQueries, unfailed, retries);
  }

  /** The next whose task is due for a query; null for none, as of each that follows. */
  ClaimedRow query() throws SQLException {
    return queries.next();
  }

  /** The next that is due for a query and whose queries have not failed. */
  ClaimedRow freshQuery() throws SQLException {
    return freshQueries.next();
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
