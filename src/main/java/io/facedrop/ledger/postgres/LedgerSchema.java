package io.facedrop.ledger.postgres;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.RefusedLedgerException;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.OptionalLong;
import java.util.zip.CRC32;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** The tables of a ledger, by which migration they are there, and whether that is ours. */
final class LedgerSchema {
  private static final String SCRIPT = "migration/V1__ledger.sql";
  private static final String NO_SUCH_TABLE = "42P01";
  private static final String NO_SUCH_COLUMN = "42703";

  private final String name;
  private final Server server;

  LedgerSchema(String name, Server server) {
    this.name = name;
    this.server = server;
  }

  boolean exists() {
    return found().isPresent();
  }

  /** Two processes may do so at once: the second waits, and finds the ledger there. */
  void create() {
    if (!exists()) {
      migrate();
    }
    verify();
  }

  private void migrate() {
    try {
      Flyway.configure()
          .dataSource(server.asSource())
          .locations("classpath:io/facedrop/ledger/postgres/migration")
          .placeholders(Map.of("schema", String.valueOf(fingerprint())))
          .loggers("slf4j")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw e.getMessage().contains("non-empty schema")
          ? RefusedLedgerException.ofSomebodyElse(name)
          : unusable(e);
    }
  }

  void verify() {
    long expected = fingerprint();
    long found =
        found()
            .orElseThrow(() -> new LedgerException("there is no ledger in the schema of " + name));
    if (found != expected) {
      throw RefusedLedgerException.ofOtherSchema(name, expected, found);
    }
  }

  /** What tells one schema from another. */
  private static long fingerprint() {
    try (InputStream script = LedgerSchema.class.getResourceAsStream(SCRIPT)) {
      CRC32 crc = new CRC32();
      crc.update(script.readAllBytes());
      return crc.getValue() >>> 1;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The fingerprint that is there; empty where there is no ledger. */
  private OptionalLong found() {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select schema from identity")) {
      return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
    } catch (SQLException e) {
      if (NO_SUCH_TABLE.equals(e.getSQLState())) {
        return OptionalLong.empty();
      }
      throw NO_SUCH_COLUMN.equals(e.getSQLState())
          ? RefusedLedgerException.ofSomebodyElse(name)
          : unusable(e);
    }
  }

  private LedgerException unusable(Exception e) {
    Throwable root = e;
    while (root.getCause() != null && !(root instanceof SQLException)) {
      root = root.getCause();
    }
    return new LedgerException(
        "the ledger " + name + " cannot be opened: " + Diagnosed.of(root), e);
  }
}
