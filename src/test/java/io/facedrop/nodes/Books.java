package io.facedrop.nodes;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks into a ledger from outside. */
final class Books {
  /**
   * A row that a node has claimed.
   *
   * @param hasTask whether its request can only ask for a result
   */
  record Held(String manifest, long line, boolean hasTask) {}

  private final String url;

  Books(String url) {
    this.url = url;
  }

  /** The epoch of a process; 0 while it has not joined. */
  long epochOf(long process) {
    return number("select coalesce(max(epoch), 0) from node where process = " + process);
  }

  /** Whether the others may take a node for dead. */
  boolean isLeaseOver(long epoch) {
    return number(
            "select count(*) from node where lease_until > facedrop_now() and epoch = " + epoch)
        == 0;
  }

  Set<Held> held(long epoch) {
    Set<Held> held = new HashSet<>();
    for (List<String> row :
        rows(
            """
            select b.stem, m.line, coalesce(p.state, '') = 'submitted'
              from claim c
              join manifest_row m on m.id = c.row_id
              join batch b on b.number = c.row_id >> 32
              left join progress p on p.id = c.row_id
             where c.node = %d
            """
                .formatted(epoch))) {
      held.add(new Held(row.get(0), Long.parseLong(row.get(1)), row.get(2).equals("t")));
    }
    return held;
  }

  /** What a node calls a row in its log. */
  String words(Held row) {
    return text(
        """
        select 'row at position ' || (m.id & 4294967295) || ' of batch number ' || (m.id >> 32)
          from manifest_row m
          join batch b on b.number = m.id >> 32
         where b.stem = '%s'
           and m.line = %d
        """
            .formatted(row.manifest(), row.line()));
  }

  /** The rows that nobody has ended, a few of them, with who has them and when they are due. */
  List<String> open() {
    return rows(
            """
            select b.stem || ' line ' || m.line || ': ' || coalesce(p.state, 'pending')
                   || ', due ' || coalesce(p.due_at - facedrop_now(), 0) || ' ms, claimed by '
                   || coalesce(c.node, 0)
              from manifest_row m
              join batch b on b.number = m.id >> 32
              left join progress p on p.id = m.id
              left join claim c on c.row_id = m.id
             where coalesce(p.part, 0) = 0
             order by m.id
             limit 10
            """)
        .stream()
        .map(row -> row.get(0))
        .toList();
  }

  /** Whether the gate is halted, and by what. */
  List<String> gates() {
    return rows("select 'gate halted by ' || halted_code || ' ' || halt_message from gate").stream()
        .map(row -> row.get(0))
        .toList();
  }

  /** Whether every batch is complete: the report says so a moment before. */
  boolean isComplete() {
    return number("select count(*) from batch where state <> 'complete'") == 0;
  }

  void execute(String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  String text(String sql) {
    return rows(sql).get(0).get(0);
  }

  long number(String sql) {
    return Long.parseLong(text(sql));
  }

  private List<List<String>> rows(String sql) {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<List<String>> rows = new ArrayList<>();
      int width = row.getMetaData().getColumnCount();
      while (row.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          cells.add(row.getString(i));
        }
        rows.add(cells);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
