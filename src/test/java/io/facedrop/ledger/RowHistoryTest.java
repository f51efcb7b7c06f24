package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.EndedRow;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.read.EndedRows;
import io.facedrop.ledger.view.RowHistory;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowHistoryTest {
  @TempDir Path directory;

  private final SettableClock clock = new SettableClock(LedgerBench.START);
  private LedgerBench bench;

  @BeforeEach
  void open() {
    bench = LedgerBench.with(directory, clock);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void aRowStillHasTheCellsOfItsManifest() {
    bench.batch(2);
    ClaimedRow row = bench.claim();

    assertThat(bench.ledger.cells(row.id()))
        .containsExactly(Map.entry("image_url", row.imageUrl()), Map.entry("name", "row 0"));
    assertThat(bench.ledger.cells(row.id() + 7)).isEmpty();
  }

  @Test
  void keepsWhatDidNotSimplySucceedInItsOrder() {
    Batch batch = bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);
    clock.forward(Duration.ofMinutes(2));
    bench.settle(bench.claim(), Outcome.Kind.REFUSED);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    clock.forward(Duration.ofMinutes(2));
    bench.settle(bench.claim(), Outcome.Kind.RUNNING);
    clock.forward(Duration.ofMinutes(2));
    bench.settle(bench.claim(), LedgerBench.faces(2));

    RowHistory row = bench.ledger.of(batch).row(2).orElseThrow();

    assertThat(row.kept())
        .extracting(sent -> sent.number() + " " + sent.kind() + " " + sent.code())
        .containsExactly("1 CREATE 500", "2 CREATE 429", "4 QUERY 200");
    assertThat(row.kept())
        .extracting(RowHistory.Sent::state)
        .containsExactly("waiting", "waiting", "submitted");
    assertThat(row.kept().get(0).sentAt()).isEqualTo(LedgerBench.START);
    assertThat(row.kept().get(0).message()).isEqualTo("broken");
    assertThat(row.requests()).isEqualTo(5);
    assertThat(row.state()).isEqualTo("succeeded");
    assertThat(row.faceCount()).isEqualTo(2);
  }

  @Test
  void keepsNothingOfAPlainSuccess() {
    Batch batch = bench.batch(3);
    bench.settle(bench.claim(), Outcome.Kind.SUBMITTED);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    clock.forward(Duration.ofSeconds(2));
    bench.settle(bench.claim(), LedgerBench.faces(1));

    assertThat(bench.see("select count(*) from request")).isEqualTo(0);
    assertThat(bench.ledger.of(batch).row(2).orElseThrow().state()).isEqualTo("succeeded");
    assertThat(bench.ledger.of(batch).row(5)).as("no row starts there").isEmpty();
  }

  @Test
  void keepsTheFirstAndTheNewestOfVeryMany() {
    Batch batch = bench.batch(1);
    Instant last = null;
    for (int request = 0; request < 30; request++) {
      clock.forward(Duration.ofSeconds(1));
      last = clock.instant();
      bench.settle(bench.claim(), Outcome.Kind.REFUSED);
    }

    RowHistory row = bench.ledger.of(batch).row(2).orElseThrow();

    assertThat(row.requests()).isEqualTo(30);
    assertThat(row.kept()).hasSize(20);
    assertThat(row.kept().get(0).sentAt()).isEqualTo(LedgerBench.START.plusSeconds(1));
    assertThat(row.kept().get(19).sentAt()).isEqualTo(last);
  }

  @Test
  void isRemovedWithItsBatch() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.DEAD_LETTER);
    assertThat(bench.see("select count(*) from request")).isEqualTo(1);
    bench.execute("update batch set state = 'complete', completed_at = 1");

    while (bench.ledger.housekeeping().forgetSome(Instant.ofEpochMilli(2))) {
      // Some at a time.
    }

    assertThat(bench.see("select count(*) from request")).isEqualTo(0);
  }

  /** Against an oracle: whatever is dropped again in whatever order, no row is in two hands. */
  @Test
  void whatWasDroppedAgainIsInTheHandsOfItsNewestBatchAlone() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Batch first = bench.batch(60);
    List<Batch> batches = new ArrayList<>(List.of(first));
    for (int drop = 0; drop < 8; drop++) {
      endAll(random);
      Batch from = batches.get(random.nextInt(batches.size()));
      Set<Reason> reasons =
          random.nextBoolean()
              ? EnumSet.allOf(Reason.class)
              : EnumSet.of(random.nextBoolean() ? Reason.VALIDATION_ERROR : Reason.IN_DOUBT);
      List<String> again = droppable(from, reasons);
      if (!again.isEmpty()) {
        batches.add(drop("again-" + drop, again));
      }
      Set<String> inHand = new TreeSet<>();
      for (Batch batch : batches) {
        for (String origin : droppable(batch, EnumSet.allOf(Reason.class))) {
          assertThat(inHand.add(origin)).as("%s twice, seed %d", origin, seed).isTrue();
        }
      }
      assertThat(inHand).as("seed %d", seed).isEqualTo(deadAtLast(first, batches));
    }
  }

  /** Rows whose newest drop is a dead letter, by the rows themselves. */
  private Set<String> deadAtLast(Batch first, List<Batch> batches) {
    return IntStream.range(0, 60)
        .mapToObj(position -> first.id() + ":" + (position + 2))
        .filter(
            origin ->
                "dead"
                    .equals(
                        bench.see(
                            """
                            select p.state
                              from manifest_row m
                              left join progress p on p.id = m.id
                             where m.origin = '%s'
                                or m.origin is null and '%s:' || m.line = '%s'
                             order by m.id desc
                             limit 1
                            """
                                .formatted(origin, first.id(), origin))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void endAll(Random random) {
    for (ClaimedRow row = bench.claim(); row != null; row = bench.claim()) {
      bench.settle(
          row,
          switch (random.nextInt(3)) {
            case 0 -> Outcome.Kind.DEAD_LETTER;
            case 1 -> Outcome.Kind.IN_DOUBT;
            default -> Outcome.Kind.SUCCEEDED;
          });
    }
  }

  private List<String> droppable(Batch batch, Set<Reason> reasons) {
    List<String> origins = new ArrayList<>();
    try (EndedRows rows = bench.ledger.of(batch).toDropAgain(reasons)) {
      for (EndedRow row = rows.next(); row != null; row = rows.next()) {
        origins.add(row.origin() == null ? batch.id() + ":" + row.line() : row.origin());
      }
    }
    return origins;
  }

  private Batch drop(String name, List<String> origins) {
    clock.forward(Duration.ofSeconds(1));
    String sha256 = Integer.toHexString(name.hashCode()).repeat(8).substring(0, 8).repeat(8);
    long number =
        bench
            .ledger
            .acceptance()
            .begin(
                new NewBatch(
                    new ManifestName(name + ".csv", name, Format.CSV, false),
                    "",
                    Path.of("/inbox", name + ".csv"),
                    false,
                    new Layout(Format.CSV, ',', "image_url"),
                    sha256,
                    false));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < origins.size(); i++) {
      rows.add(new Row(i + 2, LedgerBench.url(i), "", "", origins.get(i), null));
    }
    bench.ledger.acceptance().add(number, new RowGroup(0, rows));
    return bench.ledger.acceptance().accept(number, sha256);
  }
}
