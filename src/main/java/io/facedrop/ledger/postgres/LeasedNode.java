package io.facedrop.ledger.postgres;

import io.facedrop.ledger.fault.LeaseEndedException;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Membership;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.words.Cause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process, as the others that use the database know it: a row with an epoch, which is never
 * used again, and a lease, which a heartbeat renews by the database's clock on a connection of its
 * own.
 *
 * <p>The process stops itself by its own monotonic clock before its lease ends. Its name does not
 * matter: a successor of the same name has another epoch.
 */
final class LeasedNode implements Membership, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedNode.class);

  /** Heartbeats in a lease: two may fail. */
  private static final int BEATS = 3;

  private static final long RETRY_MILLIS = 1_000;
  private static final long LOOK_MILLIS = 200;

  private static final String RENEW =
      """
      update node
         set lease_until = facedrop_now() + ? /* lease */
       where epoch = ? /* node */
         and ended_at is null
         and lease_until > facedrop_now()
      """;

  private static final String FENCE =
      """
      select 1
        from node
       where epoch = ? /* node */
         and ended_at is null
         and lease_until > facedrop_now()
      """;

  static final String BURY =
      """
      update node
         set ended_at = lease_until
       where ended_at is null
         and lease_until <= facedrop_now()
      """;

  private static final String LEAVE =
      """
      update node
         set ended_at = facedrop_now(),
             lease_until = least(lease_until, facedrop_now())
       where epoch = ? /* node */
         and ended_at is null
      """;

  private final DataSource source;
  private final String name;
  private final long epoch;
  private final long leaseNanos;
  private final LongSupplier nanos;
  private final ServerTime time;
  private final ScheduledExecutorService heart =
      Executors.newScheduledThreadPool(
          3,
          task -> {
            Thread thread = new Thread(task, "facedrop-heartbeat");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long endNanos;
  private volatile LeaseEndedException lost;
  private volatile Consumer<Throwable> onLost = reason -> {};
  private volatile NodeWatch watch;

  /**
   * @param source of a connection for each heartbeat
   * @param epoch under which it has joined
   * @param joinedNanos monotonic time just before the server gave it its lease
   * @param nanos monotonic, as {@link System#nanoTime()}
   * @param time of the server
   */
  LeasedNode(
      DataSource source,
      NodeIdentity identity,
      long epoch,
      long joinedNanos,
      LongSupplier nanos,
      ServerTime time) {
    this.time = time;
    this.source = source;
    this.name = identity.name();
    this.epoch = epoch;
    this.leaseNanos = identity.lease().toNanos();
    this.nanos = nanos;
    this.endNanos = joinedNanos + leaseNanos;
  }

  /** The server's time. */
  Clock clock() {
    return time;
  }

  /** Begins to renew the lease. */
  LeasedNode start() {
    later(TimeUnit.NANOSECONDS.toMillis(leaseNanos) / BEATS);
    heart.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  @Override
  public long epoch() {
    return epoch;
  }

  @Override
  public boolean isKeeper() {
    NodeWatch seen = watch;
    return lost == null && seen != null && seen.isKeeper();
  }

  @Override
  public boolean isStalledElsewhere() {
    NodeWatch seen = watch;
    return seen != null && seen.isStalledElsewhere();
  }

  @Override
  public void othersWrote() {
    NodeWatch seen = watch;
    if (seen != null) {
      seen.othersWrote();
    }
  }

  @Override
  public void watch(Neighbours neighbours) {
    watch = new NodeWatch(source, epoch, time, neighbours);
    heart.scheduleWithFixedDelay(watch::look, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void whenLost(Consumer<Throwable> consumer) {
    onLost = consumer;
    if (lost != null) {
      consumer.accept(lost);
    }
  }

  private void later(long millis) {
    heart.schedule(this::beat, millis, TimeUnit.MILLISECONDS);
  }

  /** A heartbeat that hangs says nothing itself. */
  private void look() {
    if (!lasts(Duration.ofMillis(LOOK_MILLIS))) {
      lose("the database does not answer");
    }
  }

  /** Renews the lease; a beat that fails is tried again until the lease is nearly over. */
  void beat() {
    long before = nanos.getAsLong();
    try {
      if (renew()) {
        endNanos = before + leaseNanos;
        later(TimeUnit.NANOSECONDS.toMillis(leaseNanos) / BEATS);
      } else {
        lose("it was held up for too long, and others take it for dead");
      }
    } catch (SQLException e) {
      LOG.warn("{} could not renew its lease, and tries again: {}", name, Cause.of(e));
      if (lasts(Duration.ofMillis(2 * RETRY_MILLIS))) {
        later(RETRY_MILLIS);
      } else {
        lose("the database cannot be reached: " + Cause.of(e));
      }
    }
  }

  private boolean renew() throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(RENEW)) {
      statement.setQueryTimeout((int) TimeUnit.NANOSECONDS.toSeconds(leaseNanos / BEATS) + 1);
      return Bound.to(statement)
              .number(TimeUnit.NANOSECONDS.toMillis(leaseNanos))
              .number(epoch)
              .update()
          == 1;
    }
  }

  private synchronized void lose(String reason) {
    if (lost == null) {
      lost = new LeaseEndedException(name, reason);
      LOG.error("{}", lost.getMessage());
      onLost.accept(lost);
    }
  }

  @Override
  public void fence(Connection connection) throws SQLException {
    if (lost == null) {
      try (PreparedStatement statement = connection.prepareStatement(FENCE);
          ResultSet row = Bound.to(statement).number(epoch).query()) {
        if (!row.next()) {
          lose("it was held up for too long, and others take it for dead");
        }
      }
    }
    if (lost != null) {
      throw new LeaseEndedException(name, "it was held up for too long");
    }
  }

  @Override
  public void bury(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BURY)) {
      statement.executeUpdate();
    }
  }

  @Override
  public boolean lasts(Duration time) {
    return lost == null && endNanos - nanos.getAsLong() > time.toNanos();
  }

  /** Leaves; what it still has in hand is recovered by the next process as after a crash. */
  @Override
  public void close() {
    heart.shutdownNow();
    if (watch != null) {
      watch.close();
    }
    try (Connection connection = source.getConnection();
        PreparedStatement statement = connection.prepareStatement(LEAVE)) {
      Bound.to(statement).number(epoch).update();
    } catch (SQLException e) {
      LOG.warn("{} could not say that it leaves; its lease ends by itself: {}", name, Cause.of(e));
    }
  }
}
