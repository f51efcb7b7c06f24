package io.facedrop.ledger.postgres;

import io.facedrop.ledger.jdbc.WorkLock;
import java.util.Optional;

/**
 * PLACEHOLDER: keeps nobody from working on a ledger that another process works on. A row with a
 * lease is to take its place, before two processes may be started on one PostgreSQL ledger.
 */
final class OpenToAll implements WorkLock {
  @Override
  public Held take() {
    return () -> {};
  }

  @Override
  public Optional<String> holder() {
    return Optional.empty();
  }
}
