package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Outcome;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server ends a transaction because of another one: it is done again. */
@OnPostgres
@Timeout(60)
class ConflictOnPostgresTest {
  private static final String WAITING =
      "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";

  @TempDir Path directory;
  private LedgerBench bench;

  @BeforeEach
  void open() {
    bench = LedgerBench.at(directory);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  /** The server ends the transaction that has waited longer, which is ours. */
  @Test
  void aDeadlockLosesNothing() throws Exception {
    Batch batch = bench.batch(2);
    var claimed = bench.claim();
    try (Connection other = bench.connection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("select * from claim for update");
      CompletableFuture<Void> settled =
          CompletableFuture.runAsync(() -> bench.settle(claimed, Outcome.Kind.SUCCEEDED));
      await().atMost(Duration.ofSeconds(10)).until(() -> bench.see(WAITING).equals(1));

      statement.execute("select * from identity for update");
      other.commit();

      settled.get(20, TimeUnit.SECONDS);
    }
    assertThat(bench.now(batch).succeeded()).isEqualTo(1);
    assertThat(bench.see("select count(*) from claim")).isEqualTo(0);
    bench.audit("after the deadlock");
  }

  /** Where the server's default is not READ COMMITTED, it is that for us all the same. */
  @Test
  void aStricterIsolationOfTheServerHindersNothing() {
    String strict = "&options=-c%20default_transaction_isolation=serializable";
    Batch batch = bench.batch(40);
    try (Ledger one = Ledger.open(bench.url + strict, Clock.systemUTC());
        Ledger two = Ledger.open(bench.url + strict, Clock.systemUTC())) {
      CompletableFuture<Void> first = CompletableFuture.runAsync(() -> bench.of(one).succeedAll());
      CompletableFuture<Void> second = CompletableFuture.runAsync(() -> bench.of(two).succeedAll());

      first.join();
      second.join();
    }
    assertThat(bench.now(batch).succeeded()).isEqualTo(40);
    bench.audit("after both");
  }
}
