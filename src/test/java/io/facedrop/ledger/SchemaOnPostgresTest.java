package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.fault.RefusedLedgerException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
@Timeout(60)
class SchemaOnPostgresTest {
  @TempDir Path directory;
  private String url;

  @BeforeEach
  void name() {
    url = TestDatabase.current().url(directory);
  }

  @Test
  void readersMakeNoLedger() {
    assertThat(new LedgerPlace(url).exists()).isFalse();
    assertThatThrownBy(() -> LedgerReader.open(url, ""))
        .isInstanceOf(LedgerException.class)
        .hasMessage(
            "there is no ledger in the schema of jdbc:postgresql://localhost:%d/postgres",
            TestServer.port());
  }

  @Test
  void processesThatStartAtOnceMakeOneLedger() {
    List<CompletableFuture<Void>> starts =
        IntStream.range(0, 4)
            .mapToObj(
                i -> CompletableFuture.runAsync(() -> Ledger.open(url, Clock.systemUTC()).close()))
            .toList();

    starts.forEach(CompletableFuture::join);
    assertThat(new LedgerPlace(url).exists()).isTrue();
  }

  @Test
  void aLedgerOfAnotherSchemaIsRefused() throws Exception {
    Ledger.open(url, Clock.systemUTC()).close();
    execute("update identity set schema = 7");

    for (Runnable opening : openings()) {
      assertThatThrownBy(opening::run)
          .isInstanceOf(RefusedLedgerException.class)
          .hasMessageContaining("has the schema of another version of facedrop: expected ")
          .hasMessageContaining(", found 7; go on with the version that made it");
    }
  }

  @Test
  void aSchemaOfSomebodyElseIsRefused() throws Exception {
    execute("create table theirs (id integer)");

    assertThatThrownBy(() -> Ledger.open(url, Clock.systemUTC()))
        .isInstanceOf(RefusedLedgerException.class)
        .hasMessageContaining("holds tables of another program");
    execute("create table identity (id integer)");
    for (Runnable opening : openings()) {
      assertThatThrownBy(opening::run).isInstanceOf(RefusedLedgerException.class);
    }
  }

  @Test
  void aReaderChangesNothingWhileAnotherWrites() {
    try (LedgerBench bench = LedgerBench.at(directory);
        LedgerReader reader = LedgerReader.open(url, "")) {
      bench.batch(3);

      assertThat(reader.newestBatches(5)).hasSize(1);
      Reads.Reading<Integer> removal =
          connection -> connection.prepareStatement("delete from part").executeUpdate();
      assertThatThrownBy(() -> reader.reads().read(removal)).hasMessageContaining("read-only");
      assertThatThrownBy(() -> reader.reads().readAside(removal)).hasMessageContaining("read-only");
    }
  }

  @Test
  void aServerThatCannotBeReachedIsNamedWithoutOptions() {
    String nowhere = "jdbc:postgresql://localhost:1/ledger?connectTimeout=1";

    assertThatThrownBy(() -> Ledger.open(nowhere, Clock.systemUTC()))
        .isInstanceOf(LedgerException.class)
        .hasMessageStartingWith(
            "the ledger jdbc:postgresql://localhost:1/ledger cannot be opened: ");
  }

  private List<Runnable> openings() {
    return List.of(() -> Ledger.open(url, Clock.systemUTC()), () -> LedgerReader.open(url, "any"));
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
