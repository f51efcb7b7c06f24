package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts settled rows into the open part of their output, which it opens where there is none. */
final class OpenParts {
  private final Prepared count;
  private final Prepared open;

  /**
   * Where rows were counted.
   *
   * @param shares whether rows of the batch share results
   */
  record Counted(long part, boolean shares) {}

  OpenParts(Connection connection) throws SQLException {
    count =
        new Prepared(
            connection,
            """
            update part
               set rows = rows + ?, /* rows */
                   first_image = min(first_image, ? /* first */),
                   last_image = max(last_image, ? /* last */)
             where batch = ? /* batch */
               and output = ? /* output */
               and state = 'open'
            returning number, (select shared > 0 from batch b where b.number = part.batch)
            """);
    open =
        new Prepared(
            connection,
            """
            insert into part
                   (batch, output, number, state, rows, first_image, last_image, opened_at)
            select ? /* batch */, ? /* output */, coalesce(max(number), 0) + 1, 'open',
                   ? /* rows */, ? /* first */, ? /* last */, ? /* now */
              from part
             where batch = ? /* batch */
               and output = ? /* output */
            returning number, (select shared > 0 from batch b where b.number = part.batch)
            """);
  }

  /** What rows are counted together. */
  record Place(long batch, Output output) {
    /** Of a settled row; null for one that is not. */
    static Place of(Settlement settlement) {
      Output output = settlement.output();
      return output == null ? null : new Place(Image.batch(settlement.image()), output);
    }
  }

  /** So many rows of one batch, from the first image to the last. */
  record Rows(long count, long first, long last) {
    static Rows of(Settlement settlement) {
      return new Rows(1, settlement.image(), settlement.image());
    }

    Rows and(Rows more) {
      return new Rows(count + more.count, Math.min(first, more.first), Math.max(last, more.last));
    }

    long batch() {
      return Image.batch(first);
    }
  }

  /** Counts those of them that are settled. */
  Map<Place, Counted> count(List<Settlement> settlements, long now) throws SQLException {
    Map<Place, Rows> rows = new HashMap<>();
    for (Settlement settlement : settlements) {
      if (settlement.output() != null) {
        rows.merge(Place.of(settlement), Rows.of(settlement), Rows::and);
      }
    }
    Map<Place, Counted> counted = new HashMap<>();
    for (Map.Entry<Place, Rows> place : rows.entrySet()) {
      counted.put(place.getKey(), count(place.getValue(), place.getKey().output(), now));
    }
    return counted;
  }

  Counted count(Rows rows, Output output, long now) throws SQLException {
    try (ResultSet row =
        Bound.to(count)
            .number(rows.count())
            .number(rows.first())
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
    return new Counted(row.getLong(1), row.getInt(2) == 1);
  }
}
