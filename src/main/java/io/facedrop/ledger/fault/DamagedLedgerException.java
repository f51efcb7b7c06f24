package io.facedrop.ledger.fault;

/** What stands where the ledger should is no ledger any more, or never was one. */
public final class DamagedLedgerException extends LedgerException {
  /**
   * @param ledger by the name that the settings give it
   * @param found what the database says
   */
  public DamagedLedgerException(String ledger, String found, Throwable cause) {
    super(
        "the ledger "
            + ledger
            + " is damaged, or no ledger: expected a whole SQLite database, found "
            + found
            + "; facedrop has changed nothing in it. Keep it and what lies beside it ("
            + ledger
            + "-wal), and look whether its disk is sound. Then restore a backup, as the manual's"
            + " page on backups says, or move all of it away to begin anew, which pays again for"
            + " every manifest that is dropped again",
        cause);
  }

  @Override
  public boolean mayPass() {
    return false;
  }
}
