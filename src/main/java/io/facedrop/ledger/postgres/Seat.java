package io.facedrop.ledger.postgres;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.LedgerInUseException;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Membership;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.jdbc.WorkLock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Lets processes work on a ledger, by rows with leases: no lock of a session, which a pooler in
 * between would give to others. Those that work by one address may do so at once, unless one of
 * them must be alone.
 *
 * <p>A process that is alive by its lease may have been killed: whether it lives is known once it
 * renews the lease, or does not.
 */
final class Seat implements WorkLock {
  private static final long LOOK_MILLIS = 500;

  private static final String ALIVE =
      """
      select epoch, name, process, api, alone, lease_until
        from node
       where ended_at is null
         and lease_until > facedrop_now()
       order by epoch
      """;

  private static final String JOIN =
      """
      insert into node (name, process, api, alone, started_at, lease_until)
      values (?, /* name */
              ?, /* process */
              ?, /* API */
              ?, /* alone */
              facedrop_now(),
              facedrop_now() + ?) /* lease */
      returning epoch, facedrop_now() as now
      """;

  private final String ledger;
  private final DataSource source;
  private final LedgerSchema schema;
  private final NodeIdentity identity;

  Seat(String ledger, DataSource source, LedgerSchema schema, NodeIdentity identity) {
    this.ledger = ledger;
    this.source = source;
    this.schema = schema;
    this.identity = identity;
  }

  /** A process that is alive by its lease. */
  private record Occupant(
      long epoch, String name, long process, String api, boolean alone, long leaseUntil) {
    static Occupant of(ResultSet row) throws SQLException {
      return new Occupant(
          row.getLong("epoch"),
          row.getString("name"),
          row.getLong("process"),
          row.getString("api"),
          row.getInt("alone") == 1,
          row.getLong("lease_until"));
    }

    /** Whether a process cannot work beside it. */
    boolean isInTheWayOf(NodeIdentity other) {
      return alone || other.alone() || isElsewhere(other.api());
    }

    private boolean isElsewhere(String other) {
      return !api.equals(other);
    }

    /** Whether it has renewed its lease since, or is another. */
    boolean isNewerThan(Occupant before) {
      return epoch != before.epoch || leaseUntil != before.leaseUntil;
    }

    /**
     * What it is called.
     *
     * @param other address by which somebody else would work
     */
    String words(String other) {
      return process + " of the node " + name + (isElsewhere(other) ? ", for " + api + "," : "");
    }

    String words() {
      return words(api);
    }
  }

  /**
   * What one try to join has come to.
   *
   * @param node null when a process is in the way
   * @param occupant that process; null for none
   */
  private record Try(LeasedNode node, Occupant occupant) {}

  @Override
  public Held take(Patience patience) throws LedgerInUseException {
    schema.create();
    LeasedNode node = wait(patience);
    return new Held() {
      @Override
      public Membership membership() {
        return node;
      }

      @Override
      public Clock clock() {
        return node.clock();
      }

      @Override
      public void close() {
        node.close();
      }
    };
  }

  /** Another process that is alive by its lease may have been killed: then nobody renews it. */
  private LeasedNode wait(Patience patience) throws LedgerInUseException {
    Occupant first = null;
    while (true) {
      Try next = join();
      if (next.node() != null) {
        return next.node();
      }
      Occupant occupant = next.occupant();
      first = first == null ? occupant : first;
      String words = occupant.words(identity.api());
      if (!patience.waits(words, occupant.isNewerThan(first))) {
        throw new LedgerInUseException(ledger, words);
      }
      pause(words);
    }
  }

  private void pause(String words) throws LedgerInUseException {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new LedgerInUseException(ledger, words);
    }
  }

  private Try join() {
    try (Connection connection = source.getConnection()) {
      Turn.take(connection);
      Optional<Occupant> occupant =
          alive(connection).stream().filter(other -> other.isInTheWayOf(identity)).findFirst();
      LeasedNode node = occupant.isPresent() ? null : joined(connection);
      connection.commit();
      return node == null ? new Try(null, occupant.orElseThrow()) : new Try(node.start(), null);
    } catch (SQLException e) {
      throw new LedgerException(
          "the ledger " + ledger + " cannot be joined: " + Diagnosed.of(e), e);
    }
  }

  private LeasedNode joined(Connection connection) throws SQLException {
    Turn.run(connection, LeasedNode.BURY);
    long asked = System.nanoTime();
    try (PreparedStatement statement = connection.prepareStatement(JOIN);
        ResultSet row =
            Bound.to(statement)
                .text(identity.name())
                .number(ProcessHandle.current().pid())
                .text(identity.api())
                .flag(identity.alone())
                .number(identity.lease().toMillis())
                .query()) {
      row.next();
      ServerTime time =
          new ServerTime(System::nanoTime, row.getLong("now"), asked, System.nanoTime());
      return new LeasedNode(source, identity, row.getLong("epoch"), asked, System::nanoTime, time);
    }
  }

  private static List<Occupant> alive(Connection connection) throws SQLException {
    List<Occupant> alive = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ALIVE);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        alive.add(Occupant.of(row));
      }
    }
    return alive;
  }

  @Override
  public Optional<String> holder() {
    if (!schema.exists()) {
      return Optional.empty();
    }
    try (Connection connection = source.getConnection()) {
      return alive(connection).stream()
          .map(Occupant::words)
          .reduce((left, right) -> left + ", " + right);
    } catch (SQLException e) {
      throw new LedgerException("the ledger " + ledger + " cannot be asked: " + Diagnosed.of(e), e);
    }
  }
}
