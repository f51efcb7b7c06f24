package io.facedrop.ledger.upkeep;

import io.facedrop.ledger.claim.ClaimedRows;
import io.facedrop.ledger.model.Answered;
import io.facedrop.ledger.model.Counters;
import io.facedrop.ledger.model.Ending;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.settle.TransitionRules;
import io.facedrop.ledger.settle.Transitions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Repairs the state that a dead process or a wrong address has left. */
public final class Recovery {
  private final Connection connection;
  private final Transitions transitions;

  public Recovery(Connection connection, Transitions transitions) {
    this.connection = connection;
    this.transitions = transitions;
  }

  /**
   * Settles claims of processes that are dead, as what the rules say of rows in doubt.
   *
   * @return how many rows were in doubt
   */
  public int settleAbandoned(TransitionRules rules, long now) throws SQLException {
    String sql =
        String.format(
            Locale.ROOT,
            """
        select %s, c.claimed_at
          from claim c
          join manifest_row m on m.id = c.row_id
          join batch b on b.number = c.row_id >> 32
          left join progress p on p.id = c.row_id
         where c.node not in (select epoch from node where ended_at is null)
        """,
            ClaimedRows.COLUMNS);
    List<Transition> abandoned = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        abandoned.add(
            rules.abandoned(ClaimedRows.of(row, false), row.getLong(ClaimedRows.COUNT + 1), now));
      }
    }
    transitions.settle(abandoned, now);
    return (int) abandoned.stream().filter(row -> row.state() != RowState.SUBMITTED).count();
  }

  /** Removes the health of outputs and inboxes that dead nodes recorded. */
  public void forgetPlaces() throws SQLException {
    String sql =
        """
        delete from link
         where (place like 'output % (node %)'
                or place like 'inbox % (node %)'
                or place like 'submission (node %)')
           and not exists (select 1
                             from node n
                            where n.ended_at is null
                              and link.place like '% (node ' || n.epoch || ')')
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.executeUpdate();
    }
  }

  public int settleUnproven(long now) throws SQLException {
    String sql =
        """
        select id, attempts, requests, possible_duplicate, code, http_status, message
          from progress
         where due_at is not null
           and state <> 'submitted'
           and state = 'unproven'
        """;
    List<Transition> dead = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        dead.add(
            Transition.dead(
                row.getLong("id"),
                new Counters(
                    row.getInt("attempts") + 1,
                    row.getInt("requests"),
                    row.getInt("possible_duplicate") == 1),
                Ending.dead(
                    Reason.NOT_FOUND, Reason.NOT_FOUND.chargedAfter(row.getInt("attempts"))),
                new Answered(
                    (Integer) row.getObject("code"),
                    (Integer) row.getObject("http_status"),
                    row.getString("message"))));
      }
    }
    transitions.record(dead, now);
    return dead.size();
  }

  public int reopenUnproven() throws SQLException {
    String sql =
        """
        update progress
           set state = 'waiting'
         where due_at is not null
           and state <> 'submitted'
           and state = 'unproven'
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.executeUpdate();
    }
  }
}
