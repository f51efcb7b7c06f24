package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.Backoff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomOperationsTest {
  private static final int STEPS = 4000;
  private static final Outcome.Kind[] KINDS = Outcome.Kind.values();

  @TempDir Path directory;
  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final SettableClock clock = new SettableClock(Workbench.START);
  private final List<Image> out = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();
  private SettlementRules rules;
  private Workbench bench;

  @Test
  void everyRowIsASuccessADeadLetterOrOpenWhateverHappens() {
    rules =
        new SettlementRules(
            3,
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(9)),
            random.nextBoolean(),
            Workbench.POLLS);
    bench = Workbench.with(directory, clock);
    try {
      for (int step = 0; step < STEPS; step++) {
        step();
        if (step % 500 == 0) {
          bench.audit("seed " + seed + ", step " + step);
        }
      }
      end();
    } finally {
      bench.close();
    }
  }

  private void step() {
    int dice = random.nextInt(1000);
    if (dice < 5) {
      accept();
    } else if (dice < 8) {
      bench.ledger.discard(bench.loading("no.csv", urls()));
    } else if (dice < 10 && !batches.isEmpty()) {
      bench.ledger.cancel(any());
    } else if (dice < 13) {
      die();
    } else if (dice < 16) {
      bench.ledger.settleHeld();
    } else if (dice < 19) {
      bench.ledger.reopenHeld();
    } else if (dice < 22 && !batches.isEmpty()) {
      bench.ledger.workOn(random.nextBoolean() ? null : List.of(any()));
    } else if (dice < 40) {
      publish();
    } else if (dice < 60) {
      clock.forward(Duration.ofSeconds(random.nextInt(5)));
    } else {
      work();
    }
  }

  private void work() {
    Settlement settlement = null;
    if (!out.isEmpty() && random.nextInt(10) < 7) {
      Image image = out.remove(random.nextInt(out.size()));
      Outcome.Kind kind = random.nextInt(3) > 0 ? KINDS[0] : KINDS[random.nextInt(KINDS.length)];
      settlement =
          rules.settlement(
              image, Workbench.outcome(kind), random.nextBoolean(), clock.millis(), clock.millis());
    }
    Image claimed = bench.ledger.settleAndClaim(settlement, out.size() < 16);
    if (claimed != null) {
      out.add(claimed);
    }
  }

  private void accept() {
    batches.add(bench.batch("cats.csv", urls()));
  }

  private List<String> urls() {
    return IntStream.range(0, random.nextInt(300))
        .mapToObj(row -> random.nextInt(20) == 0 ? "no URL" : Workbench.url(row))
        .toList();
  }

  private Batch any() {
    return batches.get(random.nextInt(batches.size()));
  }

  private void die() {
    bench.close();
    bench = Workbench.with(directory, clock);
    long inDoubt = out.stream().filter(image -> image.stage() == Stage.PENDING).count();
    assertThat(bench.ledger.recover(rules)).as("seed %s", seed).isEqualTo((int) inDoubt);
    out.clear();
  }

  private void publish() {
    bench
        .ledger
        .partsToPublish(clock.instant().minusSeconds(random.nextInt(20)))
        .forEach(part -> bench.ledger.published(part, "file", "00"));
    bench.ledger.settledBatches().stream()
        .filter(
            batch ->
                bench.ledger.parts(batch).stream().allMatch(part -> part.publishedAt() != null))
        .forEach(bench.ledger::completed);
  }

  private void end() {
    die();
    bench.ledger.workOn(null);
    for (int i = 0; i < 100 && !bench.ledger.openBatches().isEmpty(); i++) {
      bench.succeedAll();
      clock.forward(Duration.ofSeconds(10));
      publish();
    }
    assertThat(bench.ledger.openBatches()).as("seed %s", seed).isEmpty();
    for (Batch batch : batches) {
      Batch end = bench.now(batch);
      assertThat(end.succeeded() + end.dead()).as("seed %s", seed).isEqualTo(batch.rows());
    }
    bench.audit("seed " + seed + ", at the end");
  }
}
