package io.facedrop.publish.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.settle.Transition;
import io.facedrop.ledger.view.Traffic;
import io.facedrop.publish.PreparedLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened long after a batch was accepted is counted more coarsely. */
class OldTrafficTest {
  private static final int ROWS = 1_200;

  @TempDir Path directory;

  @Test
  void noReportTellsTheDifference() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    SettableClock clock = new SettableClock(LedgerBench.START.plusMillis(700));
    try (LedgerBench bench = LedgerBench.with(directory, clock)) {
      Batch batch = bench.batch(ROWS);
      Instant from = bench.ledger.batch(batch.id()).orElseThrow().acceptedAt();
      List<Long> seconds = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        clock.forward(Duration.ofMillis(random.nextInt(2 + 160 * row)));
        settle(bench, clock.instant());
        seconds.add(clock.instant().getEpochSecond() - from.getEpochSecond());
        if (row % 50 == 0) {
          long slot = Timeline.slotLength(from, clock.instant()).toSeconds();
          assertThat(counted(bench, batch, from, slot))
              .as("seed %d, slots of %d s", seed, slot)
              .isEqualTo(counted(seconds, slot));
        }
      }
      assertThat(Duration.between(from, clock.instant())).isGreaterThan(Duration.ofHours(15));
      assertThat((int) bench.see("select count(*) from traffic where second > " + late(from)))
          .isLessThanOrEqualTo((int) (seconds.get(ROWS - 1) / 300));
    }
  }

  private static long late(Instant from) {
    return from.getEpochSecond() + 14_400;
  }

  private static Map<Integer, Long> counted(
      LedgerBench bench, Batch batch, Instant from, long slot) {
    return bench.ledger.of(batch).traffic(from, Duration.ofSeconds(slot)).stream()
        .collect(Collectors.toMap(Traffic::slot, Traffic::requests, Long::sum, TreeMap::new));
  }

  private static Map<Integer, Long> counted(List<Long> seconds, long slot) {
    return seconds.stream()
        .collect(
            Collectors.toMap(
                second -> (int) (second / slot), second -> 1L, Long::sum, TreeMap::new));
  }

  private static void settle(LedgerBench bench, Instant now) {
    ClaimedRow claimed = bench.claim();
    Transition transition =
        LedgerBench.RULES.transition(
            claimed, PreparedLedger.success(claimed), true, now.toEpochMilli(), now.toEpochMilli());
    bench.ledger.work().settleAndClaim(transition, false);
  }
}
