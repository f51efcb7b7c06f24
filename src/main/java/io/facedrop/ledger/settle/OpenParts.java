package io.facedrop.ledger.settle;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Prepared;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.RowId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts settled rows into the open part of their output, and opens a part if there is none. */
public final class OpenParts {
  private final Prepared count;
  private final Prepared open;

  /**
   * Where rows were counted.
   *
   * @param shares whether rows of the batch share results
   */
  public record Counted(long part, boolean shares) {}

  public OpenParts(Connection connection) throws SQLException {
    count =
        new Prepared(
            connection,
            """
            update part
               set rows = rows + ?, /* rows */
                   first_row = case when first_row < ? /* first */
                                    then first_row
                                    else ? end, /* first */
                   last_row = case when last_row > ? /* last */
                                   then last_row
                                   else ? end /* last */
             where batch = ? /* batch */
               and output = ? /* output */
               and state = 'open'
            returning number, (select b.shared from batch b where b.number = part.batch)
            """);
    open =
        new Prepared(
            connection,
            """
            insert into part
                   (batch, output, number, state, rows, first_row, last_row, opened_at)
            select ? /* batch */, ? /* output */, coalesce(max(number), 0) + 1, 'open',
                   ? /* rows */, ? /* first */, ? /* last */, ? /* now */
              from part
             where batch = ? /* batch */
               and output = ? /* output */
            returning number, (select b.shared from batch b where b.number = part.batch)
            """);
  }

  /** What rows are counted together. */
  public record Place(long batch, Output output) {
    /** Of a settled row; null for one that is not. */
    static Place of(Transition transition) {
      Output output = transition.output();
      return output == null ? null : new Place(RowId.batch(transition.row()), output);
    }
  }

  /** So many rows of one batch, from the first row to the last. */
  public record Rows(long count, long first, long last) {
    static Rows of(Transition transition) {
      return new Rows(1, transition.row(), transition.row());
    }

    Rows and(Rows more) {
      return new Rows(count + more.count, Math.min(first, more.first), Math.max(last, more.last));
    }

    long batch() {
      return RowId.batch(first);
    }
  }

  /** Counts those of them that are settled. */
  public Map<Place, Counted> count(List<Transition> transitions, long now) throws SQLException {
    Map<Place, Rows> rows = new HashMap<>();
    for (Transition transition : transitions) {
      if (transition.output() != null) {
        rows.merge(Place.of(transition), Rows.of(transition), Rows::and);
      }
    }
    Map<Place, Counted> counted = new HashMap<>();
    for (Map.Entry<Place, Rows> place : rows.entrySet()) {
      counted.put(place.getKey(), count(place.getValue(), place.getKey().output(), now));
    }
    return counted;
  }

  public Counted count(Rows rows, Output output, long now) throws SQLException {
    try (ResultSet row =
        Bound.to(count)
            .number(rows.count())
            .number(rows.first())
            .number(rows.first())
            .number(rows.last())
            .number(rows.last())
            .number(rows.batch())
            .text(output.word())
            .query()) {
      if (row.next()) {
        return counted(row);
      }
    }
    return open(rows, output, now);
  }

  private Counted open(Rows rows, Output output, long now) throws SQLException {
    try (ResultSet row =
        Bound.to(open)
            .number(rows.batch())
            .text(output.word())
            .number(rows.count())
            .number(rows.first())
            .number(rows.last())
            .number(now)
            .number(rows.batch())
            .text(output.word())
            .query()) {
      row.next();
      return counted(row);
    }
  }

  private static Counted counted(ResultSet row) throws SQLException {
    return new Counted(row.getLong(1), row.getLong(2) > 0);
  }
}
