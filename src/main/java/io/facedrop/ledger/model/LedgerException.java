package io.facedrop.ledger.model;

/** The ledger could not be read or written; what was asked of it has not happened. */
public final class LedgerException extends RuntimeException {
  public LedgerException(String message, Throwable cause) {
    super(message, cause);
  }

  public LedgerException(String message) {
    super(message);
  }

  /** Whether the same may succeed later; not when it contradicts what the ledger holds. */
  public boolean mayPass() {
    return !(getCause() instanceof UnexpectedChangeException);
  }
}
