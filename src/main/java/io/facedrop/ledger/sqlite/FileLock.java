package io.facedrop.ledger.sqlite;

import io.facedrop.ledger.fault.LedgerInUseException;
import io.facedrop.ledger.jdbc.WorkLock;
import java.nio.file.Path;
import java.util.Optional;

/** The lock beside a ledger's file. */
record FileLock(Path ledger) implements WorkLock {
  @Override
  public Held take(Patience patience) throws LedgerInUseException {
    return LedgerLock.take(ledger);
  }

  @Override
  public Optional<String> holder() {
    return LedgerLock.holder(ledger);
  }
}
