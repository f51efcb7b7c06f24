package io.facedrop.ledger.jdbc;

import io.facedrop.ledger.fault.LedgerInUseException;
import java.time.Clock;
import java.util.Optional;

/** Says who works on a ledger. */
public interface WorkLock {
  /**
   * Takes it for this process.
   *
   * @param patience whether to wait for a process that has it, where that can be waited for
   * @throws LedgerInUseException when another process has it, and patience has ended
   */
  Held take(Patience patience) throws LedgerInUseException;

  /** The process that works on the ledger, in words; empty when none does. */
  Optional<String> holder();

  /** Is asked now and then while another process has it. */
  interface Patience {
    /** For a process that was killed, whose lease ends, and for none that lives. */
    Patience WITH_THE_DEAD = (process, lives) -> !lives;

    /**
     * Whether to wait on.
     *
     * @param process in words
     * @param lives whether it has shown that it lives, since this began
     */
    boolean waits(String process, boolean lives);
  }

  /** It is ours until this is closed. */
  interface Held extends AutoCloseable {
    /** Whether it still is. */
    default Membership membership() {
      return Membership.ALONE;
    }

    /** The clock that all who work on the ledger share. */
    default Clock clock() {
      return Clock.systemUTC();
    }

    @Override
    void close();
  }
}
