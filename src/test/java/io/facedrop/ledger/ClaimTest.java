package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.settle.Transition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ClaimTest extends AuditedLedger {
  @Test
  void everyRowIsClaimedOnceInTheOrderOfItsLine() {
    bench.batch(50);

    assertThat(bench.claimAll())
        .extracting(ClaimedRow::line)
        .hasSize(50)
        .doesNotHaveDuplicates()
        .isSorted();
    assertThat(bench.claim()).isNull();
  }

  @Test
  void everyRowIsClaimedOnceByThirtyTwoThreads() throws Exception {
    bench.batch(1500);
    bench.batch(500);
    Set<Long> ids = ConcurrentHashMap.newKeySet();
    Callable<Integer> worker =
        () -> {
          int count = 0;
          Transition transition = null;
          ClaimedRow claimed = bench.claim();
          while (claimed != null) {
            assertThat(ids.add(claimed.id())).as("row %s is claimed once", claimed).isTrue();
            count++;
            transition =
                LedgerBench.RULES.transition(
                    claimed,
                    LedgerBench.outcome(Outcome.Kind.SUCCEEDED),
                    true,
                    clock.millis(),
                    clock.millis());
            claimed = bench.ledger.work().settleAndClaim(transition, true);
          }
          return count;
        };
    ExecutorService workers = Executors.newFixedThreadPool(32);
    int claims = 0;
    try {
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < 32; i++) {
        counts.add(workers.submit(worker));
      }
      for (Future<Integer> count : counts) {
        claims += count.get();
      }
    } finally {
      workers.shutdownNow();
    }

    assertThat(claims).isEqualTo(2000);
    assertThat(bench.ledger.settledBatches()).hasSize(2);
  }

  @Test
  void claimIsDurableBeforeItIsHandedOut() {
    bench.batch(1);

    ClaimedRow claimed = bench.claim();

    assertThat(bench.see("select row_id from claim")).isEqualTo(claimed.id());
  }

  @Test
  void dueRowGoesBeforePendingOnes() {
    bench.batch(3);
    ClaimedRow first = bench.claim();
    bench.settle(first, Outcome.Kind.RETRY);
    assertThat(bench.claim().line()).isEqualTo(first.line() + 1);

    clock.forward(Duration.ofSeconds(2));
    ClaimedRow again = bench.claim();

    assertThat(again.id()).isEqualTo(first.id());
    assertThat(again.attempts()).isEqualTo(1);
    assertThat(again.requests()).isEqualTo(1);
  }

  @Test
  void rowThatIsDueAtOnceGoesBeforePendingOnesToo() {
    bench.batch(3);
    ClaimedRow first = bench.claim();
    bench.claim();

    bench.settle(first, Outcome.Kind.REFUSED);

    assertThat(bench.claim().id()).isEqualTo(first.id());
  }

  @Test
  void nothingIsLookedForBeforeTheNextRowIsDue() {
    bench.batch(1);
    ClaimedRow claimed = bench.claim();
    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(0);
    assertThat(bench.claim()).isNull();
    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(Long.MAX_VALUE);

    bench.settle(claimed, Outcome.Kind.RETRY);

    assertThat(bench.claim()).isNull();
    assertThat(bench.ledger.work().nothingBefore())
        .isEqualTo(bench.see("select due_at from progress"));
  }

  @Test
  void smallBatchBesideALargeOneIsThroughAtOnce() {
    Batch large = bench.batch(100_000);
    Batch small = bench.batch(100);

    assertThat(claimsUntilAllOf(small)).isBetween(199, 201);
    assertThat(bench.now(large).open()).isEqualTo(100_000);
  }

  @Test
  void laterBatchInterleavesFromThePresentTurn() {
    Batch early = bench.batch(2000);
    for (int i = 0; i < 1000; i++) {
      bench.claim();
    }
    Batch late = bench.batch(50);

    List<Long> batches = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      batches.add(bench.claim().batch());
    }

    assertThat(batches.subList(0, 4)).contains(early.number(), late.number());
    assertThat(batches).filteredOn(number -> number == early.number()).hasSizeBetween(49, 51);
  }

  @Test
  void workersThatAskAtOnceAreGivenTheRowsOfBatchesInTurn() throws Exception {
    Batch large = bench.batch(100_000);
    Batch small = bench.batch(20);

    Set<Long> claimed = ConcurrentHashMap.newKeySet();
    ExecutorService workers = Executors.newFixedThreadPool(8);
    try {
      // However many of the eight meet in one commit, the small batch waits for no more than these.
      for (int round = 0; round < 6; round++) {
        List<Future<ClaimedRow>> claims = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          claims.add(workers.submit(bench::claim));
        }
        for (Future<ClaimedRow> claim : claims) {
          claimed.add(claim.get().id());
        }
      }
    } finally {
      workers.shutdownNow();
    }

    assertThat(claimed).hasSize(48);
    assertThat(claimed).filteredOn(id -> RowId.batch(id) == small.number()).hasSize(20);
    assertThat(claimed).filteredOn(id -> RowId.batch(id) == large.number()).hasSize(28);
  }

  @Test
  void batchSetAsideDoesNotLendItsTurnToALaterOne() {
    bench.batch(100);
    Batch running = bench.batch(2000);
    bench.ledger.work().workOn(List.of(running));
    for (int i = 0; i < 1000; i++) {
      bench.claim();
    }
    Batch late = bench.batch(50);

    assertThat(claimsUntilAllOf(late)).isBetween(99, 101);
  }

  @Test
  void batchTakenUpAgainDoesNotKeepOthersWaiting() {
    Batch aside = bench.batch(2000);
    Batch running = bench.batch(2000);
    bench.ledger.work().workOn(List.of(running));
    for (int i = 0; i < 1000; i++) {
      bench.claim();
    }

    bench.ledger.work().workOn(null);

    List<Long> batches = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      batches.add(bench.claim().batch());
    }
    assertThat(batches).filteredOn(number -> number == aside.number()).hasSizeBetween(49, 51);
  }

  @Test
  void batchSetAsideIsLeftAlone() {
    Batch aside = bench.batch(3);
    ClaimedRow retried = bench.claim();
    bench.settle(retried, Outcome.Kind.RETRY);
    Batch wanted = bench.batch(2);
    clock.forward(Duration.ofMinutes(1));

    bench.ledger.work().workOn(List.of(wanted));

    assertThat(bench.claimAll()).hasSize(2).allMatch(claimed -> claimed.batch() == wanted.number());
    assertThat(bench.ledger.work().nothingBefore()).isEqualTo(Long.MAX_VALUE);
    assertThat(bench.ledger.openBatches()).extracting(Batch::number).contains(aside.number());

    bench.ledger.work().workOn(null);

    assertThat(bench.claimAll()).hasSize(3).allMatch(claimed -> claimed.batch() == aside.number());
  }

  @Test
  void cancelledBatchIsLeftAlone() {
    Batch cancelled = bench.batch(3);
    Batch other = bench.batch(1);

    bench.ledger.orders().cancel(cancelled);

    assertThat(bench.claimAll()).hasSize(1).allMatch(claimed -> claimed.batch() == other.number());
  }

  private int claimsUntilAllOf(Batch batch) {
    int claims = 0;
    long left = batch.rows();
    while (left > 0) {
      claims++;
      left -= bench.claim().batch() == batch.number() ? 1 : 0;
    }
    return claims;
  }
}
