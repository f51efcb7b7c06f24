package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Times;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.RowId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The last moment at which a process is known to have worked. Of a batch that is worked for long,
 * requests are counted by spans of up to five minutes, of which this is the begin.
 */
public final class LastSign {
  private final Connection connection;

  public LastSign(Connection connection) {
    this.connection = connection;
  }

  /** Of any process, until a moment; empty when none is known. */
  public Optional<Instant> until(Instant now) throws SQLException {
    String sql =
        """
        select max(at) as at
          from (select max(claimed_at) as at from claim
                union all
                select max(kept_at) from learnt
                union all
                select max(accepted_at) from batch where state = 'open'
                union all
                select max(t.second) * 1000
                  from batch b
                  join traffic t on t.batch = b.number
                 where b.state = 'open'
                union all
                select max(at) from event where kind in ('start', 'pause', 'halt')) signs
         where at <= ? /* now */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(now.toEpochMilli()).query()) {
      row.next();
      return Optional.ofNullable(Times.instant(row, "at"));
    }
  }

  /** Of the work on a batch, at the earliest its acceptance. */
  public Instant of(Batch batch) throws SQLException {
    String sql =
        """
        select max(at) as at
          from (select max(claimed_at) as at
                  from claim
                 where row_id >= ? /* first of the batch */
                   and row_id < ? /* first of the next */
                union all
                select max(second) * 1000 from traffic where batch = ? /* batch */
                union all
                select max(published_at) from part where batch = ? /* batch */) signs
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(RowId.of(batch.number(), 0))
                .number(RowId.of(batch.number() + 1, 0))
                .number(batch.number())
                .number(batch.number())
                .query()) {
      row.next();
      Instant at = Times.instant(row, "at");
      return at == null || at.isBefore(batch.acceptedAt()) ? batch.acceptedAt() : at;
    }
  }
}
