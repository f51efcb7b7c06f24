package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.GateState;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.view.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionTest extends AuditedLedger {
  @Test
  void rowsOfAnOldBatchAreRemovedAndItsSumsAreKept() {
    Batch old = complete(bench.batch("cats.csv", List.of("no URL", "none either", url(0))));
    List<Part> parts = bench.ledger.of(old).parts();
    List<Tally> deadLetters = bench.ledger.of(old).deadLetters();
    clock.forward(Duration.ofDays(2));

    forgetAll(clock.instant().minus(Duration.ofDays(1)));

    assertThat(rowsIn("manifest_row", "progress", "traffic")).isEqualTo(0);
    assertThat(bench.now(old)).isEqualTo(old);
    assertThat(bench.ledger.of(old).parts()).isEqualTo(parts);
    assertThat(bench.ledger.of(old).deadLetters()).isEqualTo(deadLetters);
    assertThat(deadLetters).containsExactly(new Tally("INVALID_URL", null, 2));
  }

  @Test
  void contentOfAnOldBatchIsStillRecognised() {
    Batch old = complete(bench.batch(3));
    clock.forward(Duration.ofDays(2));

    forgetAll(clock.instant());

    assertThat(bench.ledger.batchesOf(LedgerBench.SHA256)).containsExactly(old);
    assertThat(bench.ledger.accepted(old.source())).isTrue();
  }

  @Test
  void whatIsYoungerOrOpenIsLeftAlone() {
    bench.batch(5);
    Batch open = bench.batch(4);
    bench.ledger.work().workOn(List.of(open));
    bench.succeedAll();
    clock.forward(Duration.ofDays(2));
    complete(bench.batch(3));

    forgetAll(clock.instant().minus(Duration.ofDays(1)));

    assertThat(bench.see("select count(*) from manifest_row")).isEqualTo(12);
    assertThat(bench.see("select count(*) from progress")).isEqualTo(7);
  }

  @Test
  void manyRowsAreRemovedSomeAtATime() {
    complete(bench.batch(5_500));
    clock.forward(Duration.ofDays(2));

    assertThat(bench.ledger.housekeeping().forgetSome(clock.instant())).isTrue();
    assertThat(bench.see("select count(*) from progress")).isEqualTo(500);

    forgetAll(clock.instant());
    assertThat(rowsIn("manifest_row", "progress")).isEqualTo(0);
  }

  @Test
  void removalGoesOnWhereItStopped() {
    Batch old = complete(bench.batch("cats.csv", Collections.nCopies(6_000, "no URL")));
    clock.forward(Duration.ofDays(2));
    bench.ledger.housekeeping().forgetSome(clock.instant());
    bench.close();
    bench = LedgerBench.with(directory, clock);

    assertThat(bench.ledger.of(old).deadLetters())
        .containsExactly(new Tally("INVALID_URL", null, 6_000));
    forgetAll(clock.instant());

    assertThat(rowsIn("manifest_row", "progress")).isEqualTo(0);
    assertThat(bench.ledger.of(old).deadLetters())
        .containsExactly(new Tally("INVALID_URL", null, 6_000));
  }

  @Test
  void sharedResultsAreRemovedWithTheRestOfTheirBatch() {
    complete(bench.sharing(List.of(url(1), url(1), url(2))));
    clock.forward(Duration.ofDays(2));

    forgetAll(clock.instant());

    assertThat(rowsIn("manifest_row", "progress", "follower", "sharing")).isEqualTo(0);
  }

  @Test
  void eventsAreRemovedUnlessAnOpenBatchMayTellOfThem() {
    note("before all");
    clock.forward(Duration.ofDays(1));
    Batch batch = bench.batch(1);
    note("while it works");
    clock.forward(Duration.ofDays(2));

    forgetAll(clock.instant());
    assertThat(bench.see("select string_agg(detail, ',') from event")).isEqualTo("while it works");

    complete(batch);
    clock.forward(Duration.ofDays(2));
    forgetAll(clock.instant());
    assertThat(bench.see("select count(*) from event")).isEqualTo(0);
  }

  private void note(String detail) {
    bench.ledger.gateStore(detail).save(GateState.NEW, detail);
  }

  private void forgetAll(Instant completedBefore) {
    while (bench.ledger.housekeeping().forgetSome(completedBefore)) {
      bench.audit("while rows are removed");
    }
  }

  /** Works and publishes it to its end. */
  private Batch complete(Batch batch) {
    bench.succeedAll();
    bench.ledger.housekeeping().shareResults();
    for (Part part : bench.ledger.publishing().partsToPublish(clock.instant())) {
      bench.ledger.publishing().published(part, "file", "out", LedgerBench.SHA256);
    }
    bench.ledger.publishing().completed(batch);
    return bench.now(batch);
  }

  private long rowsIn(String... tables) {
    long rows = 0;
    for (String table : tables) {
      rows += ((Number) bench.see("select count(*) from " + table)).longValue();
    }
    return rows;
  }

  private static String url(int row) {
    return LedgerBench.url(row);
  }
}
