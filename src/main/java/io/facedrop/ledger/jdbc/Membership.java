package io.facedrop.ledger.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/** Whether this process may still work on its ledger. */
public interface Membership {
  /** Where a lock of the system keeps others out: it may, for as long as it lives. */
  Membership ALONE =
      new Membership() {
        @Override
        public void fence(Connection connection) {}

        @Override
        public boolean lasts(Duration time) {
          return true;
        }

        @Override
        public void whenLost(Consumer<Throwable> consumer) {}
      };

  /**
   * To be called in every transaction that writes, once no other writer is in one of its own.
   *
   * @throws LeaseEndedException when this process is dead for the others
   */
  void fence(Connection connection) throws SQLException;

  /** Whether a request that takes so long at most can be answered and settled in time. */
  boolean lasts(Duration time);

  /** Tells, once, why this process must stop. */
  void whenLost(Consumer<Throwable> consumer);
}
