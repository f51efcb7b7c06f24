package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.TaskTimes;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger that is opened for one address of the API and then for another. */
class AddressesTest {
  private static final String HERE = "https://here.example";
  private static final String THERE = "https://there.example";

  @TempDir Path directory;
  private final Clock clock = new SettableClock(LedgerBench.START);

  @Test
  void aBatchThatHasTasksElsewhereIsSetAsideAndComesBack() {
    Batch batch;
    try (LedgerBench bench = LedgerBench.of(directory, clock, HERE)) {
      batch = bench.batch(3);
      bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
      bench.settle(bench.claim(), Outcome.Kind.RETRY);
    }
    try (LedgerBench bench = LedgerBench.of(directory, clock, THERE)) {
      bench.ledger.work().workOn(null);

      assertThat(bench.now(batch).api().elsewhere()).isTrue();
      assertThat(bench.claim()).isNull();
    }
    try (LedgerBench bench = LedgerBench.of(directory, clock, HERE)) {
      bench.ledger.work().workOn(List.of(batch));

      assertThat(bench.now(batch).api().elsewhere()).isFalse();
      assertThat(bench.claim()).isNotNull();
    }
    try (LedgerBench bench = LedgerBench.of(directory, clock, THERE)) {
      bench.ledger.work().recover(LedgerBench.RULES);
      bench.ledger.work().workOn(null);
      bench.ledger.orders().cancel(batch);

      assertThat(bench.now(batch).open()).isZero();
      bench.audit("after the tasks were given up");
    }
  }

  @Test
  void aBatchThatHasNoTaskIsOfWhicheverAddressWorksIt() {
    Batch batch;
    try (LedgerBench bench = LedgerBench.of(directory, clock, HERE)) {
      batch = bench.batch(3);
    }
    try (LedgerBench bench = LedgerBench.of(directory, clock, THERE)) {
      bench.ledger.work().workOn(List.of(batch));
      bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);

      assertThat(bench.now(batch).api().address()).isEqualTo(THERE);
      assertThat(bench.ledger.taskTimes()).isEqualTo(TaskTimes.UNKNOWN);
      assertThat(bench.ledger.work().durations()).isNotNull();
      assertThat(bench.ledger.of(batch).firstFaces(3)).isEmpty();
    }
  }

  @Test
  void whatWasFetchedIsRemembered() {
    Path source = Path.of("/inbox/no.csv");
    try (LedgerBench bench = LedgerBench.of(directory, clock, HERE)) {
      Batch batch = bench.batch(1);
      Deliveries deliveries = bench.ledger.deliveries();
      deliveries.reject(source, "no.csv.1");
      deliveries.reject(source, "no.csv.2");
      deliveries.link("sftp://there", "refused");
      deliveries.link("sftp://there", "refused again");

      assertThat(deliveries.owner()).matches("[0-9a-f]{8}");
      assertThat(deliveries.rejected(source)).contains("no.csv.1");
      assertThat(deliveries.known(Path.of("/inbox/cats.csv"))).isTrue();
      assertThat(deliveries.batchOf(Path.of("/inbox/cats.csv"))).contains(batch);
      assertThat(bench.ledger.links()).extracting(Link::trouble).containsExactly("refused again");
    }
  }
}
