package io.facedrop.bench;

import java.io.IOException;

/** The one server of a benchmark, started when it is needed. */
final class Databases implements AutoCloseable {
  private final Options options;
  private DatabaseServer server;
  private String missing;

  Databases(Options options) {
    this.options = options;
  }

  /** Why there is none; empty when there is one. */
  String missing() {
    if (missing == null) {
      missing = "";
      try {
        server = DatabaseServer.start(options.target("database"));
      } catch (IOException | RuntimeException e) {
        missing = "to start a PostgreSQL server (" + e.getMessage() + ")";
      }
    }
    return missing;
  }

  DatabaseServer server() {
    if (!missing().isEmpty()) {
      throw new IllegalStateException(missing);
    }
    return server;
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
  }
}
