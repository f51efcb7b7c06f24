package io.facedrop.ledger.postgres;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Membership;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.jdbc.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Transactions of one writer at a time, whatever its process: each locks the ledger's identity from
 * its begin on. That is what SQLite's do, and what the rooms rely on; so READ COMMITTED is enough:
 * every statement sees all that was committed before, and nobody commits in between.
 */
final class ServerTransactions implements Transactions {
  /**
   * For each transaction anew, since a pooler may give each another session. One that is frozen
   * must not keep all others waiting.
   *
   * <p>A plan is kept until the server has looked at a table anew, and may have been made when it
   * was empty. There is an index for all that the writer looks for, mostly in the order in which it
   * is wanted: so it goes by one whatever the statistics say.
   */
  private static final String MANNERS =
      """
      select set_config('lock_timeout', '15s', true),
             set_config('idle_in_transaction_session_timeout', '10s', true),
             set_config('enable_seqscan', 'off', true),
             set_config('enable_bitmapscan', 'off', true),
             set_config('enable_sort', 'off', true)
      """;

  private final WritingLine line;
  private final CommitInquiry inquiry;
  private final Membership membership;
  private final Connection connection;
  private final Prepared isolation;
  private final Prepared manners;
  private final Prepared begin;
  private final Prepared sign;
  private final CommitCount commits;
  private Begun begun = Begun.AS_BEFORE;

  /**
   * @param connection of the line
   */
  ServerTransactions(
      WritingLine line, Connection connection, CommitInquiry inquiry, Membership membership)
      throws SQLException {
    this.membership = membership;
    this.connection = connection;
    this.line = line;
    this.inquiry = inquiry;
    commits = new CommitCount(connection, membership.epoch());
    isolation = new Prepared(connection, Turn.ISOLATION);
    manners = new Prepared(connection, MANNERS);
    begin =
        new Prepared(
            connection,
            """
            select writer,
                   case when current_setting('synchronous_commit') = 'off'
                        then set_config('synchronous_commit', 'on', true) end
              from identity
               for update
            """);
    sign =
        new Prepared(
            connection,
            """
            update identity
               set writer = ? /* node */
            """);
  }

  @Override
  public Begun begin() throws SQLException {
    line.renew();
    try {
      lock();
    } catch (SQLException e) {
      rollbackAfter(e);
      if (Diagnosed.isReadOnly(e)) {
        // The address may lead elsewhere by now, or the session outlast what it says.
        line.current().abort(Runnable::run);
      }
      if (!line.isLost()) {
        throw e;
      }
      // The server was restarted while nobody wrote: nothing has happened yet.
      line.renew();
      lockAnew();
    }
    return begun;
  }

  private void lockAnew() throws SQLException {
    try {
      lock();
    } catch (SQLException e) {
      rollbackAfter(e);
      throw e;
    }
  }

  private void lock() throws SQLException {
    isolation.execute();
    manners.execute();
    boolean othersWrote;
    try (ResultSet row = begin.query()) {
      row.next();
      othersWrote = row.getLong(1) != membership.epoch();
    }
    membership.fence(connection);
    if (othersWrote) {
      Bound.to(sign).number(membership.epoch()).update();
    }
    boolean commitsLost = commits.raise();
    begun = new Begun(othersWrote, membership.isShared() && commitsLost);
  }

  private void rollbackAfter(SQLException cause) {
    try {
      rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  /** A commit whose answer is lost may have happened: the ledger tells. */
  @Override
  public void commit() throws SQLException {
    try {
      line.current().commit();
    } catch (SQLException e) {
      if (!line.isLost() && !Diagnosed.isLoss(e)) {
        throw e;
      }
      line.current().abort(Runnable::run);
      if (!inquiry.hasCommitted(commits.writer(), commits.pending(), e)) {
        throw e;
      }
    }
    commits.committed();
  }

  @Override
  public void rollback() throws SQLException {
    line.current().rollback();
  }

  @Override
  public boolean isLost() {
    return line.isLost();
  }
}
