package io.facedrop.ledger.jdbc;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A statement that is kept for as long as its connection, and prepared again after it has failed.
 *
 * <p>SQLite's driver closes a prepared statement that fails because of a full or broken disk.
 * Without this class, the ledger could not be written again once there is room. A lost connection
 * to a server is replaced, and its statements must be prepared again.
 */
public final class Prepared {
  private final Connection connection;
  private final String sql;
  private PreparedStatement statement;

  public Prepared(Connection connection, String sql) throws SQLException {
    this.connection = connection;
    this.sql = sql;
    this.statement = connection.prepareStatement(sql);
  }

  /** To bind its parameters. */
  public PreparedStatement statement() throws SQLException {
    if (statement == null || !isOf(connection)) {
      statement = connection.prepareStatement(sql);
    }
    return statement;
  }

  private boolean isOf(Connection current) throws SQLException {
    return statement.getConnection() == current.unwrap(Connection.class);
  }

  public void execute() throws SQLException {
    try {
      statement().execute();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  public ResultSet query() throws SQLException {
    try {
      return statement().executeQuery();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  public int update() throws SQLException {
    try {
      return statement().executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** Forgets what was added. */
  public void clearAdded() throws SQLException {
    statement().clearBatch();
  }

  /**
   * Runs all that was added by {@link Bound#add}, in one go.
   *
   * @return how many records each has changed
   */
  public int[] runAdded() throws SQLException {
    try {
      return statement().executeBatch();
    } catch (BatchUpdateException e) {
      throw failed(e.getNextException() == null ? e : e.getNextException());
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private SQLException failed(SQLException cause) {
    try (PreparedStatement unusable = statement) {
      statement = null;
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }
}
