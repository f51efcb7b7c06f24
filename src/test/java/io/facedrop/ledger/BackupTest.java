package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy that is made while facedrop works, by the statement that the manual names. */
class BackupTest {
  private static final int COPIES = 10;

  @TempDir Path directory;

  @Test
  void aCopyThatIsMadeWhileRowsAreSettledIsAWholeLedger() throws Exception {
    try (LedgerBench bench = LedgerBench.at(directory)) {
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<Void> work =
          CompletableFuture.runAsync(
              () -> {
                while (!enough.get()) {
                  bench.batch(200);
                  bench.succeedAll();
                }
              });
      long last = 0;
      for (int i = 0; i < COPIES; i++) {
        Path copy = directory.resolve("copy-" + i + ".db");
        execute(bench.url, "vacuum into '" + copy + "'");
        last = Math.max(last, audited(copy));
      }
      enough.set(true);
      work.get();

      assertThat(last).isPositive();
    }
  }

  @Test
  void aLedgerThatIsRestoredGoesOn() throws Exception {
    Path copy = directory.resolve("copy.db");
    Batch batch;
    try (LedgerBench bench = LedgerBench.at(directory)) {
      batch = bench.batch(3);
      execute(bench.url, "vacuum into '" + copy + "'");
      bench.succeedAll();
    }
    try (Ledger restored =
        Ledger.open(
            "jdbc:sqlite:" + copy,
            java.time.Clock.fixed(LedgerBench.START, java.time.ZoneOffset.UTC))) {
      assertThat(restored.batch(batch.id()).orElseThrow().open()).isEqualTo(3);
      // What the manual says to do before anything is sent a second time.
      assertThat(restored.orders().cancel(restored.batch(batch.id()).orElseThrow())).isTrue();
      assertThat(restored.work().settleAndClaim(null, true)).isNull();
      assertThat(restored.batch(batch.id()).orElseThrow().dead()).isEqualTo(3);
    }
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** How many batches it has. */
  private static long audited(Path copy) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
        LedgerReader reader = LedgerReader.open("jdbc:sqlite:" + copy, "")) {
      assertThat(see(connection, "pragma integrity_check")).isEqualTo("ok");
      new LedgerAudit(sql -> see(connection, sql)).audit("in " + copy);
      return reader.newestBatches(1_000).size();
    }
  }

  private static Object see(Connection connection, String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getObject(1) : null;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }
}
