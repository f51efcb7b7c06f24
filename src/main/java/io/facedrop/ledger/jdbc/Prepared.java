package io.facedrop.ledger.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A statement that is kept for as long as its connection, and prepared anew after it has failed.
 *
 * <p>SQLite's driver closes a prepared statement that a full or broken disk made fail; without
 * this, the ledger could not be written again once there is room.
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
    if (statement == null) {
      statement = connection.prepareStatement(sql);
    }
    return statement;
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

  private SQLException failed(SQLException cause) {
    try (PreparedStatement unusable = statement) {
      statement = null;
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
    return cause;
  }
}
