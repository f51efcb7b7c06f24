package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.settle.Transition;
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
  private static final long NEVER = 60_000;

  @TempDir Path directory;

  /** As many as take a few seconds. */
  int batches() {
    return 1000;
  }

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
      for (int i = 0; i < batches(); i++) {
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
          .until(() -> done.get() == batches());

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
      assertThat(bench.ledger.work().nothingBefore()).isEqualTo(Long.MAX_VALUE);

      bench.batch(1);

      assertThat(bench.ledger.work().nothingBefore()).isEqualTo(0);
    }
  }

  /** As the consumer does it: look at the signal, then for work, then wait. */
  private static void work(LedgerBench bench, AtomicInteger done) {
    try {
      Transition transition = null;
      while (true) {
        long seen = bench.ledger.work().signal().count();
        if (transition == null
            && bench.ledger.work().nothingBefore() > System.currentTimeMillis()) {
          bench.ledger.work().signal().await(seen, NEVER);
          continue;
        }
        ClaimedRow claimed = bench.ledger.work().settleAndClaim(transition, true);
        transition = null;
        if (claimed != null) {
          transition =
              LedgerBench.RULES.transition(
                  claimed,
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
