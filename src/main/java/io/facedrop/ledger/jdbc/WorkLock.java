package io.facedrop.ledger.jdbc;

import io.facedrop.ledger.model.LedgerInUseException;
import java.util.Optional;

/** Says who works on a ledger. */
public interface WorkLock {
  /**
   * Takes it for this process.
   *
   * @throws LedgerInUseException when another process has it
   */
  Held take() throws LedgerInUseException;

  /** The process that works on the ledger, in words; empty when none does. */
  Optional<String> holder();

  /** It is ours until this is closed. */
  interface Held extends AutoCloseable {
    @Override
    void close();
  }
}
