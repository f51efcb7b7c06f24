package io.facedrop.ledger.read;

import io.facedrop.ledger.jdbc.Bound;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which node publishes a batch, where several work on a ledger: the one that accepted it, or after
 * its death the one that adopts it. Usable on any connection; what changes something, on the
 * writer's.
 */
public final class Publishers {
  /** So long a batch waits for a successor of its node's name, which may have its manifest. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A node was alive after the acceptance of a batch; clocks of nodes differ. */
  private static final Duration CLOCKS = Duration.ofHours(1);

  private final Connection connection;

  public Publishers(Connection connection) {
    this.connection = connection;
  }

  /**
   * A node.
   *
   * @param name for people to read
   */
  public record Node(long epoch, String name) {}

  public boolean isAlive(long node) throws SQLException {
    String sql =
        """
        select 1
          from node
         where epoch = ? /* node */
           and ended_at is null
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(node).query()) {
      return row.next();
    }
  }

  /** Notes whether a node cannot publish. */
  public void stalled(long node, boolean is) throws SQLException {
    String sql =
        """
        update node
           set stalled = ? /* is */
         where epoch = ? /* node */
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Bound.to(statement).flag(is).number(node).updateOne("node", node);
    }
  }

  /** Whether a batch has no live node to publish it. */
  public boolean anyOrphan() throws SQLException {
    String sql =
        """
        select 1
          from batch
         where state = 'open'
           and publisher not in (select epoch from node where ended_at is null)
         limit 1
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      return row.next();
    }
  }

  /**
   * Lets a node publish the batches of dead nodes. For a while, only nodes with the name of the
   * dead node may do so, unless this node is the only one.
   *
   * @return number of batches
   */
  public int adopt(long node) throws SQLException {
    String sql =
        """
        update batch
           set publisher = ? /* node */
         where state = 'open'
           and publisher not in (select epoch from node where ended_at is null)
           and exists (select 1
                         from node a
                        where a.epoch = ? /* node */
                          and (a.alone = 1
                               or not exists (select 1
                                                from node d
                                               where d.epoch = batch.publisher
                                                 and d.name <> a.name
                                                 and d.ended_at > facedrop_now() - ? /* patience */)))
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return Bound.to(statement).number(node).number(node).number(PATIENCE.toMillis()).update();
    }
  }

  /** The node that accepted a batch, dead or not; empty where only one process can work. */
  public Optional<Node> acceptor(long batch) throws SQLException {
    return node(
        """
        select n.epoch, n.name
          from batch b
          join node n on n.epoch = b.node
         where b.number = ? /* batch */
        """,
        batch);
  }

  /**
   * Hands a batch to another live node with the name of the node that accepted it, to publish it
   * from now on.
   *
   * @param from node that publishes it now
   * @return that other one; empty when there is none
   */
  public Optional<Node> handOver(long batch, long from) throws SQLException {
    Optional<Node> other =
        node(
            """
            select n.epoch, n.name
              from batch b
              join node a on a.epoch = b.node
              join node n on n.name = a.name
             where b.number = ? /* batch */
               and n.ended_at is null
               and n.epoch <> ? /* from */
             order by n.epoch desc
             limit 1
            """,
            batch,
            from);
    return other.isPresent() && move(batch, from, other.get().epoch()) ? other : Optional.empty();
  }

  private boolean move(long batch, long from, long to) throws SQLException {
    String sql =
        """
        update batch
           set publisher = ? /* to */
         where number = ? /* batch */
           and publisher = ? /* from */
           and state = 'open'
        """;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return Bound.to(statement).number(to).number(batch).number(from).update() == 1;
    }
  }

  /** Dead nodes that may have published something of a batch which another has accepted. */
  public List<Long> former(long batch) throws SQLException {
    String sql =
        """
        select n.epoch
          from batch b
          join node n on n.ended_at >= b.accepted_at - ? /* clocks */
         where b.number = ? /* batch */
           and b.publisher <> b.node
         order by n.epoch
        """;
    List<Long> nodes = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql);
        ResultSet row = Bound.to(statement).number(CLOCKS.toMillis()).number(batch).query()) {
      while (row.next()) {
        nodes.add(row.getLong(1));
      }
    }
    return nodes;
  }

  private Optional<Node> node(String sql, Object... binds) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < binds.length; i++) {
        statement.setObject(i + 1, binds[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next()
            ? Optional.of(new Node(row.getLong("epoch"), row.getString("name")))
            : Optional.empty();
      }
    }
  }
}
