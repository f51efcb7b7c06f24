package io.facedrop.ledger.fault;

/** Another process works on the ledger. */
public final class LedgerInUseException extends Exception {
  public LedgerInUseException(String ledger, String process) {
    super(
        "another facedrop (process "
            + (process.isEmpty() ? "unknown" : process)
            + ") works on the ledger "
            + ledger);
  }
}
