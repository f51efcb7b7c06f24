package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** The database that the ledgers of a test lie in. */
interface TestDatabase {
  /** Files, unless a test class is {@link OnPostgres}. */
  TestDatabase FILES =
      new TestDatabase() {
        @Override
        public String url(Path directory) {
          return "jdbc:sqlite:" + directory.resolve("ledger.db");
        }

        @Override
        public void audit(Function<String, Object> see, String occasion) {
          assertThat(see.apply("pragma integrity_check")).as(occasion).isEqualTo("ok");
          assertThat(see.apply("pragma foreign_key_check")).as(occasion).isNull();
        }

        @Override
        public List<String> refusal(String change, String table, String message) {
          return List.of(
              "create trigger refused before %s on %s begin select raise(abort, '%s'); end"
                  .formatted(change, table, message));
        }

        @Override
        public List<String> permission(String table) {
          return List.of("drop trigger refused");
        }
      };

  /** The address of the one ledger that belongs to this directory. */
  String url(Path directory);

  /** Makes the tables of a ledger where there are none, faster than the ledger does. */
  default void prepare(String url) {}

  /** Whether the database itself is sound. */
  void audit(Function<String, Object> see, String occasion);

  /** What makes it refuse a change of a table. */
  List<String> refusal(String change, String table, String message);

  /** What ends that. */
  List<String> permission(String table);

  static TestDatabase current() {
    return OnPostgres.Switch.current();
  }
}
