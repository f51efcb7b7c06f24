package io.facedrop.ledger.gate;

import io.facedrop.api.pace.Slots;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.jdbc.Bound;
import io.facedrop.ledger.jdbc.Dialect;
import io.facedrop.words.Cause;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The slots of each rate on a ledger that several processes work on: one row says when the next is
 * free, by the database's clock.
 *
 * <p>Each reservation is one statement on a connection of its own, and no transaction of the
 * writer's: it waits for no other writer, and needs nothing of a session.
 */
public final class Reservations implements AutoCloseable {
  /** A server that is silent for longer is gone, and with it the slots that it has given. */
  private static final int PATIENCE_MILLIS = 5_000;

  /**
   * A reservation takes up to a quarter of what is free up to the horizon, so that there is always
   * some left for others. What lies further ahead than any can is of a clock that was set back. A
   * reservation that a crash of the server undoes is past by the time that it is back, so nobody
   * waits for the disk.
   */
  private static final String RESERVE =
      """
      insert into pace (authority, kind, next_at, reserved)
      values (? /* authority */, ? /* kind */, 0, 0)
      on conflict (authority, kind) do update
         set (next_at, reserved) =
             (select first_at + (slots * nanos + 999) / 1000, slots
                from (select first_at, nanos,
                             case when first_at > now_at + horizon
                                  then 0
                                  else least(most, greatest(1, (now_at + horizon - first_at)
                                                               * 250 / nanos))
                              end as slots
                        from (select now_at, horizon, nanos, most,
                                     greatest(now_at + ahead,
                                              least(pace.next_at,
                                                    now_at + 2 * horizon + nanos / 1000))
                                       as first_at
                                from (select cast(extract(epoch from clock_timestamp())
                                                  * 1000000 as bigint) as now_at,
                                             cast(? as bigint) as horizon, /* horizon */
                                             cast(? as bigint) as nanos, /* interval */
                                             cast(? as bigint) as most, /* most */
                                             cast(? as bigint) as ahead /* ahead */) asked)
                             begun) given)
      returning next_at - (reserved * cast(? as bigint) /* interval */ + 999) / 1000 as first_at,
                reserved,
                cast(extract(epoch from clock_timestamp()) * 1000000 as bigint) as now_at,
                set_config('synchronous_commit', 'off', true)
      """;

  private final Dialect dialect;
  private Connection connection;

  public Reservations(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Reserves the next slots of an address and key; the very first time none. */
  public synchronized Slots.Block reserve(String authority, Slots.Order order) {
    try {
      return ask(authority, order);
    } catch (SQLException e) {
      close();
      throw dialect.failure("the ledger could not be written", e);
    }
  }

  private Slots.Block ask(String authority, Slots.Order order) throws SQLException {
    if (connection == null) {
      connection = dialect.reading();
    }
    connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
    try (PreparedStatement statement = connection.prepareStatement(RESERVE);
        ResultSet row =
            Bound.to(statement)
                .text(authority)
                .text(order.kind().name())
                .number(Slots.HORIZON_MICROS)
                .number(order.intervalNanos())
                .number((long) order.most())
                .number(order.aheadMicros())
                .number(order.intervalNanos())
                .query()) {
      row.next();
      return new Slots.Block(
          row.getInt("reserved"), row.getLong("first_at"), row.getLong("now_at"));
    }
  }

  @Override
  public synchronized void close() {
    try (Connection last = connection) {
      connection = null;
    } catch (SQLException e) {
      throw new LedgerException("the ledger could not be closed: " + Cause.of(e), e);
    }
  }
}
