package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.network.CutLine;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a ledger whose server goes away for a moment. */
@OnPostgres
@Timeout(60)
class LostConnectionOnPostgresTest {
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
    bench.close();
  }

  @Test
  void writesAndReadsGoOnAfterTheConnectionsAreCut() {
    Batch batch = bench.batch(3);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    for (int i = 0; i < 2; i++) {
      assertThat((Integer) bench.see(CUT)).isPositive();

      bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
      assertThat(bench.now(batch).succeeded()).isEqualTo(i + 2);
      assertThat(bench.ledger.of(batch).totals().attempts()).isEqualTo(i + 2);
    }
    bench.audit("after the cuts");
  }

  @Test
  void whatIsCutInTheMiddleHasNotHappened() {
    bench.batch(2);
    ClaimedRow claimed = bench.claim();
    bench.execute(
        """
        create function cut() returns trigger language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
        """);
    bench.execute("create trigger cut after delete on claim for each row execute function cut()");

    assertThatThrownBy(() -> bench.settle(claimed, Outcome.Kind.SUCCEEDED))
        .isInstanceOf(LedgerException.class)
        .hasMessageStartingWith("the ledger could not be written: ")
        .hasMessageEndingWith("; facedrop goes on as soon as the server can be reached again");

    bench.execute("drop trigger cut on claim");
    bench.settle(claimed, Outcome.Kind.SUCCEEDED);
    bench.audit("after the cut");
  }

  @Test
  void commitThatTheServerEndsHasNotHappened() {
    bench.batch(2);
    ClaimedRow claimed = bench.claim();
    bench.execute(
        """
        create function cut() returns trigger language plpgsql as
        $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
        """);
    bench.execute(
        """
        create constraint trigger cut after delete on claim
        deferrable initially deferred for each row execute function cut()
        """);

    assertThatThrownBy(() -> bench.settle(claimed, Outcome.Kind.SUCCEEDED))
        .isInstanceOf(LedgerException.class);

    bench.execute("drop trigger cut on claim");
    bench.settle(claimed, Outcome.Kind.SUCCEEDED);
    bench.audit("after the cut");
  }

  @Test
  void commitWhoseAnswerIsLostIsKnownToHaveHappened() throws Exception {
    try (CutLine line = CutLine.to(TestServer.port());
        Ledger ledger = Ledger.open(line.through(bench.url), Clock.systemUTC())) {
      line.cutAfter("COMMIT");

      assertThat(ledger.gateStore("a").save(GateState.NEW, "noted once")).isTrue();

      assertThat(line.cuts()).isEqualTo(1);
      assertThat(bench.see("select count(*) from event")).isEqualTo(1);
      ledger.gateStore("after").save(GateState.NEW, "");
      assertThat(bench.see("select count(*) from gate")).isEqualTo(2);
    }
  }
}
