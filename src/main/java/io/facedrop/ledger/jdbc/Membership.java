package io.facedrop.ledger.jdbc;

import io.facedrop.ledger.model.LeaseEndedException;
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

  /** Is told of the others, soon after. */
  interface Neighbours {
    /** Another process has written since this one did last. */
    void wrote();

    /** One has died, or has left something behind. */
    void died();
  }

  /**
   * What tells this process from every other that ever worked on the ledger; 0 where it is alone.
   */
  long epoch();

  /** Whether others may work on the ledger meanwhile. */
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

  /** Tells, once, why this process must stop. */
  void whenLost(Consumer<Throwable> consumer);

  /** From now on this one is told of the others. */
  void watch(Neighbours neighbours);
}
