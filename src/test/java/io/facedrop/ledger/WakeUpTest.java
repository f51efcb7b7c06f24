package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.clock.SettableClock;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WakeUpTest {
  private static final int BATCHES = 1000;
  private static final long NEVER = 60_000;

  @TempDir Path directory;

  @Test
  void noWakeUpIsLostBetweenAcceptancesAndIdleWorkers() throws Exception {
    try (LedgerBench bench = LedgerBench.with(directory, Clock.systemUTC())) {
      AtomicInteger done = new AtomicInteger();
      List<Thread> workers = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Thread worker = new Thread(() -> work(bench, done));
        worker.start();
        workers.add(worker);
      }
      for (int i = 0; i < BATCHES; i++) {
        bench.batch(1);
        if (i % 10 == 0) {
          int accepted = i + 1;
          await("workers to become idle")
              .pollDelay(Duration.ZERO)
              .pollInterval(Duration.ofMillis(1))
              .until(() -> done.get() == accepted);
        }
      }

      await("every row to be worked")
          .atMost(Duration.ofSeconds(20))
          .until(() -> done.get() == BATCHES);

      for (Thread worker : workers) {
        worker.interrupt();
        worker.join();
      }
      bench.audit("at the end");
    }
  }

  @Test
  void rowThatCouldNotBeClaimedIsNotForgotten() {
    SettableClock clock = new SettableClock(LedgerBench.START);
    try (LedgerBench bench = LedgerBench.with(directory, clock)) {
      bench.batch(1);
      assertThat(bench.claim()).isNotNull();
      assertThat(bench.claim()).isNull();
      assertThat(bench.ledger.nothingBefore()).isEqualTo(Long.MAX_VALUE);

      bench.batch(1);

      assertThat(bench.ledger.nothingBefore()).isEqualTo(0);
    }
  }

  /** As the consumer does it: look at the signal, then for work, then wait. */
  private static void work(LedgerBench bench, AtomicInteger done) {
    try {
      Settlement settlement = null;
      while (true) {
        long seen = bench.ledger.work().count();
        if (settlement == null && bench.ledger.nothingBefore() > System.currentTimeMillis()) {
          bench.ledger.work().await(seen, NEVER);
          continue;
        }
        Image image = bench.ledger.settleAndClaim(settlement, true);
        settlement = null;
        if (image != null) {
          settlement =
              LedgerBench.RULES.settlement(
                  image,
                  LedgerBench.outcome(Outcome.Kind.SUCCEEDED),
                  true,
                  System.currentTimeMillis(),
                  System.currentTimeMillis());
          done.incrementAndGet();
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
