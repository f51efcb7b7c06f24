package io.facedrop.ledger;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

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
