package io.facedrop.ledger.upkeep;

import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Hold;
import io.facedrop.ledger.notice.BatchNotices;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Holds a batch because an operator says so; {@link Release} lets it go on. */
public final class Holding {
  private final Connection connection;

  public Holding(Connection connection) {
    this.connection = connection;
  }

  /**
   * Holds a batch: nothing more of it is submitted. What has a task goes on to its end.
   *
   * @return false when it is held already, cancelled, complete, or has no row left to end
   */
  public boolean of(Batch batch, long now) throws SQLException {
    String sql =
        """
        update batch
           set held = 1,
               held_at = ?, /* now */
               held_reason = null,
               held_dead = null,
               held_of = null,
               released_at = null
         where number = ? /* batch */
           and state = 'open'
           and held = 0
           and cancelled_at is null
           and rows > (select coalesce(sum(p.rows), 0) from part p where p.batch = batch.number)
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      if (Bound.to(statement).number(now).number(batch.number()).update() == 0) {
        return false;
      }
    }
    new Events(connection)
        .noteOf(batch.number(), "batch " + batch.id() + " is held by an operator", now);
    new BatchNotices(connection).held(batch.number(), new Hold(null, null, 0, 0, null), now);
    return true;
  }
}
