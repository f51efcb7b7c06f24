package io.facedrop.ledger.fault;

/** The ledger could not be read or written; what was asked of it has not happened. */
public class LedgerException extends RuntimeException {
  public LedgerException(String message, Throwable cause) {
    super(message, cause);
  }

  public LedgerException(String message) {
    super(message);
  }

  /** Whether this process is dead for the others, so that nothing of it succeeds any more. */
  public boolean isOfTheDead() {
    return getCause() instanceof LeaseEndedException;
  }

  /** Whether the same may succeed later; not when it contradicts what the ledger holds. */
  public boolean mayPass() {
    return !(getCause() instanceof UnexpectedChangeException);
  }
}
