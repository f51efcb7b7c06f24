package io.facedrop.ledger.sqlite;

import io.facedrop.words.Cause;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failure of the database means to whoever has to mend it. */
final class Diagnosis {
  /** The low byte of an extended result code. */
  private static final int PRIMARY = 0xff;

  private Diagnosis() {}

  /** The failure in its own words and, where that is known, what to do. */
  static String of(Throwable failure) {
    return Cause.of(failure) + (failure instanceof SQLiteException said ? advice(said) : "");
  }

  /** Whether the file is not what SQLite wrote. */
  static boolean isDamage(Throwable failure) {
    if (!(failure instanceof SQLiteException said)) {
      return false;
    }
    int code = said.getResultCode().code & PRIMARY;
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code
        // A length that was damaged; nothing that facedrop writes is that long.
        || code == SQLiteErrorCode.SQLITE_TOOBIG.code;
  }

  private static String advice(SQLiteException failure) {
    SQLiteErrorCode code = failure.getResultCode();
    if (code == SQLiteErrorCode.SQLITE_FULL || code == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
      return "; the disk that the ledger lies on is full: make room there";
    }
    return (code.code & PRIMARY) == SQLiteErrorCode.SQLITE_BUSY.code
        ? "; another program keeps the ledger locked: end what it does there"
        : "";
  }
}
