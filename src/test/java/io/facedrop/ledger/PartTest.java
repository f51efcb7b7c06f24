package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.EndedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.read.EndedRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PartTest extends AuditedLedger {
  private static final Duration AGE = Duration.ofMinutes(5);

  @Test
  void partIsClosedByItsAge() {
    bench.batch(2);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    assertThat(toPublish()).isEmpty();

    clock.forward(AGE);

    assertThat(toPublish()).extracting(Part::number, Part::rows).containsExactly(tuple(1, 1L));
  }

  @Test
  void partThatWasOpenedInTheFutureIsClosedAtOnce() {
    bench.batch(2);
    clock.forward(Duration.ofHours(1));
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);

    clock.forward(Duration.ofHours(-1));

    assertThat(toPublish()).extracting(Part::number, Part::rows).containsExactly(tuple(1, 1L));
  }

  @Test
  void partsAreClosedWhenTheirBatchIsSettled() {
    Batch batch =
        bench.batch("cats.csv", List.of(LedgerBench.url(0), LedgerBench.url(1), "no URL"));
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    ClaimedRow last = bench.claim();
    assertThat(toPublish()).isEmpty();

    bench.settle(last, Outcome.Kind.DEAD_LETTER);

    assertThat(toPublish())
        .extracting(part -> part.fileName(batch))
        .containsExactly(
            "cats.20260527T131404Z-7f3a91c2.success-0001.csv",
            "cats.20260527T131404Z-7f3a91c2.dead-letter-0001.csv");
    assertThat(toPublish()).extracting(Part::rows).containsExactly(1L, 2L);
  }

  @Test
  void rowsOfAPartAreInTheOrderOfTheirLines() {
    bench.batch(2500);
    List<ClaimedRow> claimedRows = new ArrayList<>(bench.claimAll());
    Collections.shuffle(claimedRows, new Random(7));
    claimedRows.forEach(claimed -> bench.settle(claimed, Outcome.Kind.SUCCEEDED));

    Part part = toPublish().get(0);

    assertThat(rows(part)).hasSize(2500).extracting(EndedRow::line).isSorted().startsWith(2L, 3L);
    assertThat(rows(part)).isEqualTo(rows(part));
  }

  @Test
  void rowTellsWhatBecameOfIt() {
    bench.batch(1);
    bench.settle(bench.claim(), Outcome.Kind.RETRY);
    clock.forward(Duration.ofMinutes(1));
    bench.settle(bench.claim(), Outcome.Kind.DEAD_LETTER);

    assertThat(rows(toPublish().get(0)))
        .containsExactly(
            new EndedRow(
                2,
                LedgerBench.url(0),
                "",
                ",row 0",
                null,
                2,
                2,
                false,
                null,
                "unknown",
                clock.instant(),
                "VALIDATION_ERROR",
                422,
                200,
                "bad",
                null,
                null,
                null,
                null,
                null));
  }

  @Test
  void closedPartNoLongerChangesAndASecondFollows() {
    Batch batch = bench.batch(3);
    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    clock.forward(AGE);
    List<Part> first = toPublish();

    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);

    assertThat(toPublish()).isEqualTo(first);
    assertThat(rows(first.get(0))).extracting(EndedRow::line).containsExactly(2L);

    bench.settle(bench.claim(), Outcome.Kind.SUCCEEDED);
    assertThat(toPublish()).extracting(Part::number).containsExactly(1, 2);
    assertThat(rows(toPublish().get(1))).extracting(EndedRow::line).containsExactly(3L, 4L);
    assertThat(bench.now(batch).succeeded()).isEqualTo(3);
  }

  @Test
  void partsOfOverlappingRangesDoNotShareRows() {
    bench.batch(4);
    List<ClaimedRow> claimedRows = bench.claimAll();
    bench.settle(claimedRows.get(0), Outcome.Kind.SUCCEEDED);
    bench.settle(claimedRows.get(3), Outcome.Kind.SUCCEEDED);
    clock.forward(AGE);
    Part first = toPublish().get(0);
    bench.settle(claimedRows.get(1), Outcome.Kind.SUCCEEDED);
    bench.settle(claimedRows.get(2), Outcome.Kind.SUCCEEDED);

    assertThat(rows(first)).extracting(EndedRow::line).containsExactly(2L, 5L);
    assertThat(rows(toPublish().get(1))).extracting(EndedRow::line).containsExactly(3L, 4L);
  }

  @Test
  void partsOfEachBatchAreTheirOwn() {
    Batch one = bench.batch(1);
    Batch two = bench.batch(2);
    bench.succeedAll();

    assertThat(toPublish())
        .extracting(Part::batch, Part::number, Part::rows)
        .containsExactly(tuple(one.number(), 1, 1L), tuple(two.number(), 1, 2L));
  }

  @Test
  void publishedPartIsNotHandedOutAgain() {
    Batch batch = bench.batch(1);
    bench.succeedAll();
    Part part = toPublish().get(0);
    assertThat(part.place()).isNull();

    bench.ledger.publishing().published(part, "cats.csv", "out", "ab".repeat(32));

    assertThat(toPublish()).isEmpty();
    Part published = bench.ledger.of(batch).parts().get(0);
    assertThat(published.file()).isEqualTo("cats.csv");
    assertThat(published.place()).isEqualTo("out");
    assertThat(published.sha256()).isEqualTo("ab".repeat(32));
    assertThat(published.publishedAt()).isEqualTo(clock.instant());
    assertThatThrownBy(
            () -> bench.ledger.publishing().published(part, "cats.csv", "out", "ab".repeat(32)))
        .hasMessageContaining(
            "expected one closed part 1 of output success of batch number 1 to change but 0 did");
  }

  @Test
  void batchIsCompleteAtTheEnd() {
    Batch batch = bench.batch(1);
    bench.succeedAll();
    bench.ledger.publishing().published(toPublish().get(0), "cats.csv", "out", "ab".repeat(32));
    assertThat(bench.ledger.settledBatches()).extracting(Batch::id).containsExactly(batch.id());

    bench.ledger.publishing().archived(batch);
    bench.ledger.publishing().completed(batch);

    assertThat(bench.now(batch).complete()).isTrue();
    assertThat(bench.now(batch).archivedAt()).isEqualTo(clock.instant());
    assertThat(bench.ledger.settledBatches()).isEmpty();
    assertThat(bench.ledger.openBatches()).isEmpty();
    assertThatThrownBy(() -> bench.ledger.publishing().completed(batch))
        .hasMessageContaining("expected one open batch number 1 to change but 0 did");
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }

  private List<Part> toPublish() {
    return bench.ledger.publishing().partsToPublish(clock.instant().minus(AGE));
  }

  private List<EndedRow> rows(Part part) {
    List<EndedRow> rows = new ArrayList<>();
    try (EndedRows source = bench.ledger.rows(part)) {
      for (EndedRow row = source.next(); row != null; row = source.next()) {
        rows.add(row);
      }
    }
    return rows;
  }
}
