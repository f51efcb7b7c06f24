package io.facedrop.ledger.jdbc;

import io.facedrop.ledger.fault.UnexpectedChangeException;
import io.facedrop.ledger.model.RowId;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.stream.Collectors;

/** Binds a prepared statement's parameters in the order of its text. */
public final class Bound {
  private static final int MOST_NAMED = 10;

  private final PreparedStatement statement;
  private final Prepared kept;
  private int index;

  private Bound(PreparedStatement statement, Prepared kept) {
    this.statement = statement;
    this.kept = kept;
  }

  public static Bound to(PreparedStatement statement) {
    return new Bound(statement, null);
  }

  public static Bound to(Prepared kept) throws SQLException {
    return new Bound(kept.statement(), kept);
  }

  public Bound number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  public Bound number(Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++index, Types.BIGINT);
      return this;
    }
    return number(value.longValue());
  }

  public Bound number(Integer value) throws SQLException {
    return number(value == null ? null : Long.valueOf(value));
  }

  public Bound real(double value) throws SQLException {
    statement.setDouble(++index, value);
    return this;
  }

  public Bound flag(boolean value) throws SQLException {
    return number(value ? 1L : 0L);
  }

  public Bound text(String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  /** Numbers for {@code json_each}: one parameter for any number of them. */
  public Bound numbers(Collection<Long> values) throws SQLException {
    return text(values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
  }

  /** Runs a query and reads at most this number of rows. */
  public ResultSet query(int most) throws SQLException {
    statement.setMaxRows(most);
    return query();
  }

  /** Leaves it to {@link Prepared#runAdded} with the others that are added. */
  public void add() throws SQLException {
    statement.addBatch();
  }

  public ResultSet query() throws SQLException {
    return kept == null ? statement.executeQuery() : kept.query();
  }

  public int update() throws SQLException {
    return kept == null ? statement.executeUpdate() : kept.update();
  }

  /**
   * Runs an update that must change exactly one record.
   *
   * @param what it is, for the message
   * @param which of them
   */
  public void updateOne(String what, Object which) throws SQLException {
    int changed = update();
    if (changed != 1) {
      throw new UnexpectedChangeException(1, what + " " + which, changed);
    }
  }

  /** The same for what a row has: a success, a claim. */
  public void updateOneOfRow(String what, long row) throws SQLException {
    int changed = update();
    if (changed != 1) {
      throw new UnexpectedChangeException(1, what + " of " + RowId.words(row), changed);
    }
  }

  /** Runs an update that must change one record for each of these rows. */
  public void updateEach(String what, Collection<Long> rows) throws SQLException {
    int changed = update();
    if (changed != rows.size()) {
      throw new UnexpectedChangeException(
          rows.size(),
          rows.stream()
              .limit(MOST_NAMED)
              .map(RowId::words)
              .collect(
                  Collectors.joining(
                      ", ", what + " of ", rows.size() > MOST_NAMED ? " and more" : "")),
          changed);
    }
  }

  /**
   * Runs an update that must change so many records.
   *
   * @param what they are, for the message
   */
  public void update(int expected, String what) throws SQLException {
    int changed = update();
    if (changed != expected) {
      throw new UnexpectedChangeException(expected, what, changed);
    }
  }
}
