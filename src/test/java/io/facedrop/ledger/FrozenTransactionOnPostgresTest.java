package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.network.CutLine;
import io.facedrop.network.HeldLine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node that is frozen in the middle of a transaction, with locks that others wait for. */
@OnPostgres
@Timeout(90)
class FrozenTransactionOnPostgresTest {
  /** Ten seconds after its last word the server ends it. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

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
  void othersGoOnAndWhatItDidHasNotHappened() {
    Batch batch = bench.batch(3);
    try (HeldLine line = HeldLine.to(TestServer.port());
        Ledger frozen = Ledger.open(line.through(bench.url), Clock.systemUTC())) {
      line.hold("COMMIT");
      CompletableFuture<Void> cancelled =
          CompletableFuture.runAsync(() -> frozen.orders().cancel(frozen.openBatches().get(0)));
      await().atMost(Duration.ofSeconds(20)).until(line::isHeld);

      othersGoOn();

      assertThat(bench.now(batch).succeeded()).isEqualTo(1);
      line.release();
      assertThatThrownBy(cancelled::join).hasCauseInstanceOf(LedgerException.class);
      assertThat(bench.now(batch).dead()).isZero();
      bench.audit("while it was frozen");
      frozen.orders().cancel(frozen.openBatches().get(0));
      assertThat(bench.now(batch).dead()).isEqualTo(2);
    }
    bench.audit("after it was woken");
  }

  @Test
  void othersGoOnWhileItAsksWhatCameOfACommit() throws IOException {
    bench.batch(3);
    try (CutLine cut = CutLine.to(TestServer.port());
        HeldLine line = HeldLine.to(port(cut.through(bench.url)));
        Ledger frozen = Ledger.open(line.through(cut.through(bench.url)), Clock.systemUTC())) {
      cut.cutAfter("COMMIT");
      line.hold("from written");
      CompletableFuture<Boolean> saved =
          CompletableFuture.supplyAsync(() -> frozen.gateStore("a").save(GateState.NEW, ""));
      await().atMost(Duration.ofSeconds(20)).until(line::isHeld);

      othersGoOn();

      line.release();
      assertThat(saved.join()).isTrue();
      assertThat(bench.see("select count(*) from gate where authority = 'a'")).isEqualTo(1);
    }
  }

  private void othersGoOn() {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsMatching(LedgerException.class::isInstance)
        .until(
            () -> {
              bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
              return true;
            });
  }

  private static int port(String url) {
    return URI.create(url.substring("jdbc:".length())).getPort();
  }
}
