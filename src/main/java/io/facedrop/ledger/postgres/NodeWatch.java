package io.facedrop.ledger.postgres;

import io.facedrop.ledger.jdbc.Membership.Neighbours;
import io.facedrop.words.Cause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks what other processes do on the ledger, by one cheap question at a time on a connection of
 * its own.
 *
 * <p>Keeper is the oldest that is alive: that needs no vote and no row of its own.
 */
final class NodeWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedNode.class);

  private static final String LOOK =
      """
      select i.writer,
             facedrop_now() as now,
             (select min(n.epoch)
                from node n
               where n.ended_at is null
                 and n.lease_until > facedrop_now()) as keeper,
             exists (select 1
                       from node n
                      where n.ended_at is null
                        and n.stalled = 1
                        and n.epoch <> ?) /* this node */ as stalled,
             exists (select 1
                       from node n
                      where n.ended_at is null
                        and n.lease_until <= facedrop_now())
               or exists (select 1
                            from claim c
                            join node n on n.epoch = c.node
                           where n.ended_at is not null)
               or exists (select 1
                            from batch b
                            join node n on n.epoch = b.node
                           where b.state = 'loading'
                             and n.ended_at is not null) as left_behind
        from identity i
      """;

  private final DataSource source;
  private final long epoch;
  private final Neighbours neighbours;
  private final ServerTime time;
  private Connection connection;
  private PreparedStatement look;
  private final AtomicBoolean overwritten = new AtomicBoolean();
  private volatile boolean keeper;
  private volatile boolean stalled;

  /**
   * @param time of the server, which is told what it says
   */
  NodeWatch(DataSource source, long epoch, ServerTime time, Neighbours neighbours) {
    this.time = time;
    this.source = source;
    this.epoch = epoch;
    this.neighbours = neighbours;
  }

  boolean isKeeper() {
    return keeper;
  }

  /** Whether another cannot publish. */
  boolean isStalledElsewhere() {
    return stalled;
  }

  /** They have; by the next look this node may be the last writer again. */
  void othersWrote() {
    overwritten.set(true);
  }

  /** Looks once, and tells what is new. */
  synchronized void look() {
    boolean before = overwritten.getAndSet(false);
    try {
      boolean wrote;
      boolean died;
      long asked = System.nanoTime();
      try (ResultSet row = ask()) {
        row.next();
        time.seen(row.getLong("now"), asked, System.nanoTime());
        stalled = row.getBoolean("stalled");
        keeper = row.getLong("keeper") == epoch;
        wrote = row.getLong("writer") != epoch;
        died = row.getBoolean("left_behind");
      }
      if (wrote || before) {
        neighbours.wrote();
      }
      if (died) {
        neighbours.died();
      }
    } catch (SQLException e) {
      // The heartbeat tells what there is to tell of that.
      if (before) {
        overwritten.set(true);
      }
      LOG.debug("the other nodes cannot be looked at", e);
      close();
    } catch (RuntimeException e) {
      overwritten.set(true);
      LOG.warn("the work of a dead node cannot be taken over, and is tried again: {}", Cause.of(e));
    }
  }

  private ResultSet ask() throws SQLException {
    if (connection == null) {
      connection = source.getConnection();
      look = connection.prepareStatement(LOOK);
      look.setLong(1, epoch);
    }
    return look.executeQuery();
  }

  @Override
  public synchronized void close() {
    try (Connection last = connection) {
      connection = null;
    } catch (SQLException e) {
      LOG.debug("a lost connection could not be closed", e);
    }
  }
}
