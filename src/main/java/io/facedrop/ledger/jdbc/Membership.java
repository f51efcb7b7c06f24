package io.facedrop.ledger.jdbc;

import io.facedrop.ledger.fault.LeaseEndedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;

/** Whether this process may still work on its ledger, and who else does. */
public interface Membership {
  /** Where a lock of the system keeps others out: it may, for as long as it lives. */
  Membership ALONE =
      new Membership() {
        @Override
        public long epoch() {
          return 0;
        }

        @Override
        public boolean isKeeper() {
          return true;
        }

        @Override
        public boolean isStalledElsewhere() {
          return false;
        }

        @Override
        public void fence(Connection connection) {}

        @Override
        public void bury(Connection connection) {}

        @Override
        public boolean lasts(Duration time) {
          return true;
        }

        @Override
        public void whenLost(Consumer<Throwable> consumer) {}

        @Override
        public void watch(Neighbours neighbours) {}
      };

  /** Is called soon after something happened to other processes. */
  interface Neighbours {
    /** Another process has written since this one did last. */
    void wrote();

    /** One has died, or has left something behind. */
    void died();
  }

  /** The number of this process, unique in this ledger; 0 if only one process can work on it. */
  long epoch();

  /** Whether other processes may work on the ledger at the same time. */
  default boolean isShared() {
    return epoch() != 0;
  }

  /** Whether it is this process that does what one has to do for all; never two are. */
  boolean isKeeper();

  /** Whether another process cannot publish. */
  boolean isStalledElsewhere();

  /**
   * To be called in every transaction that writes, once no other writer is in one of its own.
   *
   * @throws LeaseEndedException when this process is dead for the others
   */
  void fence(Connection connection) throws SQLException;

  /** Notes, in a transaction that writes, whose lease has ended: none of them comes back. */
  void bury(Connection connection) throws SQLException;

  /** Whether a request that takes so long at most can be answered and settled in time. */
  boolean lasts(Duration time);

  /** Registers what to call, once, when this process must stop, with the cause. */
  void whenLost(Consumer<Throwable> consumer);

  /** Registers what to call when something happens to other processes. */
  void watch(Neighbours neighbours);

  /** A transaction of this process has found that others have written. */
  default void othersWrote() {}
}
