package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes no writes for a while, as one that is a standby now. */
@OnPostgres
@Timeout(60)
class ReadOnlyServerOnPostgresTest {
  private static final String CUT =
      """
      select count(pg_terminate_backend(pid))
        from pg_stat_activity
       where application_name = 'facedrop'
      """;

  @TempDir Path directory;
  private LedgerBench bench;

  @BeforeEach
  void open() {
    bench = LedgerBench.at(directory);
  }

  @AfterEach
  void close() {
    writable();
    bench.close();
  }

  private static void writable() {
    TestServer.execute(
        "begin read write; alter database postgres reset default_transaction_read_only; commit");
  }

  @Test
  void nothingIsClaimedUntilItTakesWritesAgain() {
    Batch batch = bench.batch(3);
    ClaimedRow claimed = bench.claim();
    TestServer.execute("alter database postgres set default_transaction_read_only = on");
    bench.see(CUT);

    assertThatThrownBy(bench::claim)
        .isInstanceOf(LedgerException.class)
        .hasMessageContaining("the server takes no writes, as a standby does")
        .hasMessageContaining("facedrop.ledger.url must name the primary");
    assertThatThrownBy(() -> bench.settle(claimed, Outcome.Kind.SUCCEEDED))
        .isInstanceOf(LedgerException.class);
    assertThat(bench.now(batch).succeeded()).as("it is read meanwhile").isZero();

    writable();
    bench.settle(claimed, Outcome.Kind.SUCCEEDED);
    bench.succeedAll();
    assertThat(bench.now(batch).succeeded()).isEqualTo(3);
    bench.audit("after it was read-only");
  }
}
