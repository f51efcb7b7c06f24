package io.facedrop.nodes;

/**
 * How nodes reach their ledger.
 *
 * @param port on loopback, of the server or of a pooler
 * @param database its name
 * @param options of the driver, with their question mark
 */
record Access(int port, String database, String options) {
  /** The address, by a port that leads there. */
  String address(int by) {
    return "jdbc:postgresql://localhost:%d/%s%s".formatted(by, database, options);
  }
}
