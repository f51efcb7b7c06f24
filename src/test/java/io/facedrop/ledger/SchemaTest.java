package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.fault.RefusedLedgerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  @TempDir Path directory;
  private Path file;
  private String url;

  @BeforeEach
  void name() throws IOException {
    file = directory.toRealPath().resolve("ledger.db");
    url = "jdbc:sqlite:" + file;
  }

  @Test
  void aNewLedgerStandsAloneAndOpensAgain() throws IOException {
    Ledger.open(url, Clock.systemUTC()).close();
    Ledger.open(url, Clock.systemUTC()).close();
    LedgerReader.open(url, "").close();

    assertThat(names()).containsExactly("ledger.db");
  }

  @Test
  void aLedgerOfAnotherSchemaIsRefusedAndLeftAsItIs() throws Exception {
    Ledger.open(url, Clock.systemUTC()).close();
    execute("pragma user_version = 7");
    byte[] before = Files.readAllBytes(file);

    for (Opening opening : openings()) {
      assertThatThrownBy(opening::open)
          .isInstanceOf(RefusedLedgerException.class)
          .hasMessageStartingWith(
              "the ledger " + file + " has the schema of another version of facedrop: expected ")
          .hasMessageContaining(", found 7; go on with the version that made it, or move it away");
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aFileWithoutAByteIsRefused() throws Exception {
    Files.createFile(file);

    for (Opening opening : openings()) {
      assertThatThrownBy(opening::open)
          .isInstanceOf(RefusedLedgerException.class)
          .hasMessage(
              "the ledger "
                  + file
                  + " is an empty file: expected a ledger, found 0 bytes; restore it from a"
                  + " backup, or delete it to begin anew, which pays again for every manifest that"
                  + " is dropped again");
    }
    assertThat(file).isEmptyFile();
  }

  @Test
  void whatAKillLeftOfANewLedgerIsNoLedger() throws IOException {
    Path unfinished = directory.resolve(".ledger.db.new");
    Files.writeString(unfinished, "half of one");
    Files.writeString(directory.resolve(".ledger.db.new-wal"), "and its log");

    Ledger.open(url, Clock.systemUTC()).close();

    assertThat(names()).containsExactly("ledger.db");
  }

  @Test
  void whatAKillLeftBesideALedgerThatWasMovedAwayDoesNotComeBack() throws Exception {
    Path log = directory.resolve("ledger.db-wal");
    Path kept = directory.resolve("kept");
    try (LedgerBench bench = LedgerBench.at(directory)) {
      bench.batch(100);
      Files.copy(log, kept);
    }
    Files.delete(file);
    Files.move(kept, log);

    try (Ledger ledger = Ledger.open(url, Clock.systemUTC())) {
      assertThat(ledger.newestBatches(5)).isEmpty();
    }
    assertThat(names())
        .as("it may hold the last commits of the other")
        .anyMatch(name -> name.startsWith("ledger.db-wal.left-"));
  }

  @Test
  void aDatabaseOfSomebodyElseIsRefusedUnchanged() throws Exception {
    execute("create table theirs (id integer)");
    byte[] before = Files.readAllBytes(file);

    for (Opening opening : openings()) {
      assertThatThrownBy(opening::open).isInstanceOf(RefusedLedgerException.class);
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    assertThat(names()).containsExactly("ledger.db");
  }

  @Test
  void aReaderChangesNothingWhileAnotherWrites() throws Exception {
    try (LedgerBench bench = LedgerBench.at(directory);
        LedgerReader reader = LedgerReader.open(bench.url, "")) {
      bench.batch(3);

      assertThat(reader.newestBatches(5)).hasSize(1);
      assertThatThrownBy(
              () ->
                  reader
                      .reads()
                      .read(
                          connection ->
                              connection.createStatement().executeUpdate("delete from part")))
          .hasMessageContaining("readonly");
    }
  }

  private interface Opening {
    void open();
  }

  private List<Opening> openings() {
    return List.of(() -> Ledger.open(url, Clock.systemUTC()), () -> LedgerReader.open(url, "any"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
