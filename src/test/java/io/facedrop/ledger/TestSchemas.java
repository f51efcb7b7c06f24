package io.facedrop.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.CRC32;

/** A schema of one server for each directory. */
public final class TestSchemas implements TestDatabase {
  private static int made;

  private final Map<Path, String> schemas = new HashMap<>();

  @Override
  public synchronized String url(Path directory) {
    return TestServer.url(schemas.computeIfAbsent(directory, TestSchemas::make));
  }

  private static String make(Path directory) {
    String schema = "ledger_" + ++made;
    TestServer.execute("create schema " + schema);
    return schema;
  }

  /** Flyway takes longer than most tests; {@code SchemaOnPostgresTest} is for that. */
  @Override
  public void prepare(String url) {
    String schema = url.replaceFirst(".*currentSchema=", "").replaceFirst("&.*", "");
    TestServer.execute(
        "do $do$ begin if to_regclass('%1$s.identity') is null then set search_path = %1$s; %2$s end if; end $do$"
            .formatted(schema, Script.SQL));
  }

  /** What the migration does, with what it tells schemas apart by. */
  private static final class Script {
    static final String SQL = read();

    private static String read() {
      try (InputStream script =
          LedgerPlace.class.getResourceAsStream("postgres/migration/V1__ledger.sql")) {
        byte[] bytes = script.readAllBytes();
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return new String(bytes, StandardCharsets.UTF_8)
            .replace("${schema}", String.valueOf(crc.getValue() >>> 1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void audit(Function<String, Object> see, String occasion) {
    // The server checks its constraints at once.
  }

  @Override
  public List<String> refusal(String change, String table, String message) {
    return List.of(
        "create function refused() returns trigger language plpgsql"
            + " as $$ begin raise exception '"
            + message
            + "'; end $$",
        "create trigger refused before %s on %s for each row execute function refused()"
            .formatted(change, table));
  }

  @Override
  public List<String> permission(String table) {
    return List.of("drop trigger refused on " + table, "drop function refused");
  }

  public void drop() {
    schemas.values().forEach(schema -> TestServer.execute("drop schema " + schema + " cascade"));
  }
}
