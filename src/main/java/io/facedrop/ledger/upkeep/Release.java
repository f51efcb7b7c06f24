package io.facedrop.ledger.upkeep;

import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Batch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Lets a held batch go on. */
public final class Release {
  private final Connection connection;

  public Release(Connection connection) {
    this.connection = connection;
  }

  /**
   * Releases a batch, at the turn of the others, or it would keep them waiting until it had caught
   * up.
   *
   * @return false when it was not held
   */
  public boolean of(Batch batch, long now) throws SQLException {
    String sql =
        """
        update batch
           set held = 0,
               released_at = ?, /* now */
               turn = (select coalesce(min(b.turn), batch.turn)
                         from batch b indexed by batch_by_turn
                        where b.state = 'open'
                          and b.parked = 0
                          and b.held = 0
                          and b.cancelled_at is null
                          and b.next_position < b.rows)
         where number = ? /* batch */
           and state = 'open'
           and held = 1
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (Bound.to(statement).number(now).number(batch.number()).update() == 0) {
        return false;
      }
    }
    new Events(connection)
        .noteOf(batch.number(), "batch " + batch.id() + " goes on: released by the operator", now);
    return true;
  }
}
