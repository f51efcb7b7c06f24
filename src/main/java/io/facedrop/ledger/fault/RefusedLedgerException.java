package io.facedrop.ledger.fault;

import java.nio.file.Path;

/** The file or schema at the ledger's place is not a ledger that this version can use. */
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

  public static RefusedLedgerException folder(Path folder) {
    return new RefusedLedgerException(
        "the ledger "
            + folder
            + " is a folder: expected a file; let facedrop.ledger.url name a file in it, such as "
            + folder.resolve("ledger.db"));
  }

  public static RefusedLedgerException ofSomebodyElse(String ledger) {
    return new RefusedLedgerException(
        "the schema of "
            + ledger
            + " holds tables of another program: expected a ledger or an empty schema; give facedrop"
            + " a database or a schema of its own");
  }

  public static RefusedLedgerException ofOtherSchema(String ledger, long expected, long found) {
    return new RefusedLedgerException(
        "the ledger "
            + ledger
            + " has the schema of another version of facedrop: expected "
            + expected
            + ", found "
            + found
            + "; go on with the version that made it, or move it away to begin anew, which pays"
            + " again for every manifest that is dropped again");
  }
}
