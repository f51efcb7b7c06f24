package io.facedrop.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.RowHistoryBench;
import io.facedrop.ledger.model.Batch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
  @TempDir Path directory;
  private final SettableClock clock = new SettableClock(LedgerBench.START);
  private LedgerBench bench;
  private Lineage lineage;

  @BeforeEach
  void open() {
    bench = LedgerBench.with(directory, clock);
    lineage = new Lineage(bench.ledger);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aRedropIsOfTheBatchThatItsPlaceNamesAlsoWhenItsRowsWereDroppedBefore() {
    Batch first = bench.batch(3);
    Batch second = drop(place("", first), first.id() + ":2", first.id() + ":3");
    Batch third = drop(place("12~", second), first.id() + ":3");

    assertThat(lineage.parent(first)).isEmpty();
    assertThat(lineage.parent(second)).hasValue(first);
    assertThat(lineage.parent(third)).hasValue(second);
    assertThat(lineage.children(first)).containsExactly(second);
    assertThat(lineage.children(second)).containsExactly(third);
    assertThat(lineage.children(third)).isEmpty();
  }

  @Test
  void aManifestThatWasDroppedByHandIsOfTheBatchOfItsFirstRow() {
    Batch first = bench.batch(3);
    Batch byHand = drop(Path.of("/inbox/dead.csv"), first.id() + ":4");
    Batch other = drop(Path.of("/inbox/other.csv"), "20200101T000000Z-00000000:2");
    Batch itself = bench.batchOf("new.csv", "d682cb52".repeat(8));

    assertThat(lineage.parent(byHand)).hasValue(first);
    assertThat(lineage.parent(other)).as("of another ledger").isEmpty();
    assertThat(lineage.parent(itself)).isEmpty();
    assertThat(lineage.children(first)).containsExactly(byHand);
  }

  private static Path place(String node, Batch batch) {
    return Path.of(".work", node + new RedropFolder(batch.id(), 2).name(), "cats.csv");
  }

  private Batch drop(Path source, String... origins) {
    clock.forward(Duration.ofSeconds(1));
    return RowHistoryBench.dropAgain(bench, source, List.of(origins));
  }
}
