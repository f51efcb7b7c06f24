package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.RowId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which rows were dropped again, and in which batches; usable on any connection. */
public final class DroppedAgain {
  /**
   * A row that was dropped again, and accepted, is in the hands of its newest batch. Has one
   * parameter, the id of the batch.
   */
  static final String NOT_DROPPED_AGAIN =
      """
      and not exists (select 1
                        from manifest_row again
                        join batch b on b.number = again.id >> 32
                       where again.origin = coalesce(m.origin, cast(? as text) || ':' || m.line)
                         and again.id > m.id
                         and b.state <> 'loading')
      """;

  private final Connection connection;

  public DroppedAgain(Connection connection) {
    this.connection = connection;
  }

  /** Whether a batch has a dead letter of this reason that was not dropped again. */
  public boolean isAnyLeft(Batch batch, String reason) throws SQLException {
    String sql =
        """
        select 1
          from progress p
          join manifest_row m on m.id = p.id
         where p.id between ? /* first */ and ? /* last */
           and p.state = 'dead'
           and p.reason = ? /* reason */
        """
            + NOT_DROPPED_AGAIN
            + "limit 1";
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(RowId.of(batch.number(), 0))
                .number(RowId.of(batch.number() + 1, 0) - 1)
                .text(reason)
                .text(batch.id())
                .query()) {
      return row.next();
    }
  }

  /** The first drop of a batch's first row; empty when that is this one, or is removed. */
  public Optional<String> firstOrigin(long batch) throws SQLException {
    String sql =
        """
        select origin
          from manifest_row
         where id = ? /* first */
           and origin is not null
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(RowId.of(batch, 0)).query()) {
      return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
    }
  }

  /**
   * The numbers of later batches that may have been dropped again from this one, the newest first:
   * their place says so, or the first drop of their first row.
   *
   * @param mark in the place of a manifest that was dropped again from this batch
   */
  public List<Long> later(Batch batch, String mark, int most) throws SQLException {
    String sql =
        """
        select b.number
          from batch b
         where b.number > ? /* this */
           and b.state <> 'loading'
           and (b.source like ? /* mark */
                or exists (select 1
                             from manifest_row m
                            where m.id = b.number << 32
                              and m.origin like ? /* its rows */))
         order by b.number desc
         limit ? /* most */
        """;
    List<Long> numbers = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row =
            Bound.to(statement)
                .number(batch.number())
                .text("%" + mark + "%")
                .text(batch.id() + ":%")
                .number(most)
                .query()) {
      while (row.next()) {
        numbers.add(row.getLong(1));
      }
    }
    return numbers;
  }
}
