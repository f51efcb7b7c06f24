package io.facedrop.ledger.accept;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.settle.Follower;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows of a manifest whose URL, byte for byte, stands in an earlier row of it.
 *
 * <p>The database sorts, on disk where there are many, and keeps what it finds in a table of its
 * connection: who reads the ledger while others write keeps its log from being cut. Rows that are
 * settled or have a task already neither lead nor follow.
 */
public final class Repeats implements AutoCloseable {
  private static final int AT_A_TIME = 5000;

  private final PreparedStatement some;
  private final Connection connection;
  private long last;

  /**
   * @param connection not used for anything else
   */
  public Repeats(Connection connection, long batch) throws SQLException {
    this.connection = connection;
    // A connection may have been used for this before.
    execute("drop table if exists repeated");
    execute(
        """
        create temp table repeated (
          row_id integer primary key,
          leader integer not null
        )
        """);
    find(batch);
    some =
        connection.prepareStatement(
            """
            select row_id, leader
              from repeated
             where row_id > ? /* last */
             order by row_id
             limit ? /* at a time */
            """);
  }

  private void execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  private void find(long batch) throws SQLException {
    String sql =
        """
        insert into repeated (row_id, leader)
        select id, leader
          from (select m.id, min(m.id) over (partition by m.image_url) as leader
                  from manifest_row m
                 where m.id >= ? /* first of the batch */
                   and m.id < ? /* first of the next */
                   and not exists (select 1 from progress p where p.id = m.id)) led
         where id <> leader
         order by id
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).number(RowId.of(batch, 0)).number(RowId.of(batch + 1, 0)).update();
    }
  }

  /** The next of them in the order of their lines; empty after the last. */
  public List<Follower> next() throws SQLException {
    List<Follower> group = new ArrayList<>();
    try (ResultSet row = Bound.to(some).number(last).number((long) AT_A_TIME).query()) {
      while (row.next()) {
        group.add(new Follower(row.getLong(1), row.getLong(2)));
        last = row.getLong(1);
      }
    }
    return group;
  }

  @Override
  public void close() throws SQLException {
    some.close();
    execute("drop table repeated");
  }
}
