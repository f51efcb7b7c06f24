package io.facedrop.ledger.model;

import java.nio.file.Path;

/** A file that stands where the ledger should, and is none that this version works with. */
public final class RefusedLedgerException extends RuntimeException {
  private RefusedLedgerException(String message) {
    super(message);
  }

  public static RefusedLedgerException empty(Path file) {
    return new RefusedLedgerException(
        "the ledger "
            + file
            + " is an empty file: expected a ledger, found 0 bytes; restore it from a backup, or"
            + " delete it to begin anew, which pays again for every manifest that is dropped again");
  }

  public static RefusedLedgerException ofOtherSchema(Path file, long expected, long found) {
    return new RefusedLedgerException(
        "the ledger "
            + file
            + " has the schema of another version of facedrop: expected "
            + expected
            + ", found "
            + found
            + "; go on with the version that made it, or move it away to begin anew, which pays"
            + " again for every manifest that is dropped again");
  }
}
