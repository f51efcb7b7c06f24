package io.facedrop.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.stream.Collectors;

/** Binds a prepared statement's parameters in the order of its text. */
final class Bound {
  private final PreparedStatement statement;
  private final Prepared kept;
  private int index;

  private Bound(PreparedStatement statement, Prepared kept) {
    this.statement = statement;
    this.kept = kept;
  }

  static Bound to(PreparedStatement statement) {
    return new Bound(statement, null);
  }

  static Bound to(Prepared kept) throws SQLException {
    return new Bound(kept.statement(), kept);
  }

  Bound number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  Bound number(Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++index, Types.BIGINT);
      return this;
    }
    return number(value.longValue());
  }

  Bound number(Integer value) throws SQLException {
    return number(value == null ? null : Long.valueOf(value));
  }

  Bound flag(boolean value) throws SQLException {
    return number(value ? 1L : 0L);
  }

  Bound text(String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  /** Numbers for {@code json_each}: one parameter for any number of them. */
  Bound numbers(Collection<Long> values) throws SQLException {
    return text(values.stream().map(String::valueOf).collect(Collectors.joining(",", "[", "]")));
  }

  ResultSet query() throws SQLException {
    return kept == null ? statement.executeQuery() : kept.query();
  }

  int update() throws SQLException {
    return kept == null ? statement.executeUpdate() : kept.update();
  }

  /**
   * Runs an update that must change exactly one row.
   *
   * @param what changed, for the message
   */
  void updateOne(String what) throws SQLException {
    update(1, what);
  }

  /**
   * Runs an update that must change so many rows.
   *
   * @param what one of them is, for the message
   */
  void update(int expected, String what) throws SQLException {
    int changed = update();
    if (changed != expected) {
      throw new UnexpectedChangeException(expected, expected == 1 ? what : what + "s", changed);
    }
  }
}
