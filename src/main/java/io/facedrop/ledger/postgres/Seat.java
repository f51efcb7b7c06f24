package io.facedrop.ledger.postgres;

import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Membership;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.jdbc.WorkLock;
import io.facedrop.ledger.model.LedgerException;
import io.facedrop.ledger.model.LedgerInUseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/**
 * Lets one process at a time work on a ledger, by rows with leases: no lock of a session, which a
 * pooler in between would give to others.
 *
 * <p>A process that is alive by its lease may have been killed: whether it lives is known once it
 * renews the lease, or does not.
 */
final class Seat implements WorkLock {
  private static final long LOOK_MILLIS = 500;

  private static final String LOCK =
      """
      select id
        from identity
         for update
      """;

  private static final String ALIVE =
      """
      select epoch, name, process, lease_until
        from node
       where ended_at is null
         and lease_until > facedrop_now()
       order by epoch desc
       limit 1
      """;

  private static final String BURY =
      """
      update node
         set ended_at = lease_until
       where ended_at is null
         and lease_until <= facedrop_now()
      """;

  private static final String JOIN =
      """
      insert into node (name, process, started_at, lease_until)
      values (?, /* name */
              ?, /* process */
              facedrop_now(),
              facedrop_now() + ?) /* lease */
      returning epoch
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
  private record Occupant(long epoch, String name, long process, long leaseUntil) {
    static Occupant of(ResultSet row) throws SQLException {
      return new Occupant(
          row.getLong("epoch"),
          row.getString("name"),
          row.getLong("process"),
          row.getLong("lease_until"));
    }

    /** Whether it has renewed its lease since, or is another. */
    boolean isNewerThan(Occupant before) {
      return epoch != before.epoch || leaseUntil != before.leaseUntil;
    }

    String words() {
      return process + " of the node " + name;
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
      if (!patience.waits(occupant.words(), occupant.isNewerThan(first))) {
        throw new LedgerInUseException(ledger, occupant.words());
      }
      pause(occupant);
    }
  }

  private void pause(Occupant occupant) throws LedgerInUseException {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new LedgerInUseException(ledger, occupant.words());
    }
  }

  private Try join() {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      long before = System.nanoTime();
      run(connection, LOCK);
      Optional<Occupant> alive = alive(connection);
      LeasedNode node = alive.isPresent() ? null : joined(connection, before);
      connection.commit();
      return node == null ? new Try(null, alive.orElseThrow()) : new Try(node.start(), null);
    } catch (SQLException e) {
      throw new LedgerException(
          "the ledger " + ledger + " cannot be joined: " + Diagnosed.of(e), e);
    }
  }

  private LeasedNode joined(Connection connection, long before) throws SQLException {
    run(connection, BURY);
    try (PreparedStatement statement = connection.prepareStatement(JOIN);
        ResultSet row =
            Bound.to(statement)
                .text(identity.name())
                .number(ProcessHandle.current().pid())
                .number(identity.lease().toMillis())
                .query()) {
      row.next();
      return new LeasedNode(source, identity, row.getLong("epoch"), before, System::nanoTime);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  private static Optional<Occupant> alive(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ALIVE);
        ResultSet row = statement.executeQuery()) {
      return row.next() ? Optional.of(Occupant.of(row)) : Optional.empty();
    }
  }

  @Override
  public Optional<String> holder() {
    if (!schema.exists()) {
      return Optional.empty();
    }
    try (Connection connection = source.getConnection()) {
      return alive(connection).map(Occupant::words);
    } catch (SQLException e) {
      throw new LedgerException("the ledger " + ledger + " cannot be asked: " + Diagnosed.of(e), e);
    }
  }
}
