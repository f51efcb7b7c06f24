package io.facedrop.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows of a manifest whose URL, byte for byte, stands in an earlier row of it.
 *
 * <p>The database sorts, on disk where there are many, and keeps what it finds in a table of its
 * connection: who reads the ledger while others write keeps its log from being cut. Rows that are
 * settled or have a task already neither lead nor follow.
 */
final class Repeats implements AutoCloseable {
  private static final int AT_A_TIME = 5000;

  private final PreparedStatement some;
  private long last;

  /**
   * @param connection not used for anything else
   */
  Repeats(Connection connection, long batch) throws SQLException {
    try (Statement table = connection.createStatement()) {
      table.execute(
          """
          create temp table repeated (
            image  integer primary key,
            leader integer not null
          )
          """);
    }
    find(connection, batch);
    some =
        connection.prepareStatement(
            """
            select image, leader
              from repeated
             where image > ? /* last */
             order by image
             limit ? /* at a time */
            """);
  }

  private static void find(Connection connection, long batch) throws SQLException {
    String sql =
        """
        insert into repeated (image, leader)
        select id, leader
          from (select i.id, min(i.id) over (partition by i.url) as leader
                  from image i
                 where i.id >= ? /* first of the batch */
                   and i.id < ? /* first of the next */
                   and not exists (select 1 from progress p where p.id = i.id))
         where id <> leader
         order by id
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).number(Image.id(batch, 0)).number(Image.id(batch + 1, 0)).update();
    }
  }

  /** The next of them in the order of their lines; empty behind the last. */
  List<Follower> next() throws SQLException {
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
  }
}
