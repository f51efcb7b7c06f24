package io.facedrop.ledger.postgres;

import io.facedrop.words.Cause;
import java.sql.SQLException;

/** What a failure of the server means to whoever has to mend it. */
final class Diagnosed {
  private Diagnosed() {}

  /** The failure in its own words and, where that is known, what to do. */
  static String of(Throwable failure) {
    return Cause.of(failure) + (failure instanceof SQLException said ? advice(said) : "");
  }

  /** Whether the connection is of no use any more, by the SQLSTATEs of PostgreSQL's manual. */
  static boolean isLoss(SQLException failure) {
    String state = state(failure);
    return state.startsWith("08") || state.startsWith("57P");
  }

  /** Whether the server takes no writes. */
  static boolean isReadOnly(SQLException failure) {
    return state(failure).equals("25006");
  }

  private static String state(SQLException failure) {
    return failure.getSQLState() == null ? "" : failure.getSQLState();
  }

  private static String advice(SQLException failure) {
    return switch (state(failure)) {
      case "53100" -> "; the disk of the database's server is full: make room there";
      case "53300" -> "; the server takes no more connections: raise its max_connections";
      case "55P03" -> "; another program keeps the ledger locked: end what it does there";
      case "25006" ->
          "; the server takes no writes, as a standby does: facedrop.ledger.url must name the"
              + " primary";
      case "28P01", "28000" ->
          "; check facedrop.ledger.username and facedrop.ledger.password (or -file)";
      case "3D000" -> "; create the database, or correct facedrop.ledger.url";
      case "42501" -> "; the user of facedrop.ledger.username needs that permission";
      default ->
          isLoss(failure) ? "; facedrop goes on as soon as the server can be reached again" : "";
    };
  }
}
