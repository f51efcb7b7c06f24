package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.Row;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A batch that was dropped while the address was mistyped, and whose tasks are paid for. */
class MovedBatchTest {
  private static final int ROWS = 600;

  @TempDir Path directory;

  @RepeatedTest(5)
  void noWorkerClaimsARowBeforeItHasItsTaskBack() throws Exception {
    String url = "jdbc:sqlite:" + directory.resolve("ledger.db");
    try (Ledger right = open(url, "https://right.example")) {
      accept(right, "first.csv", false);
      right.work().workOn(null);
      for (ClaimedRow row = claim(right); row != null; row = claim(right)) {
        end(right, row);
      }
    }
    long moved;
    try (Ledger mistyped = open(url, "https://mistyped.example")) {
      mistyped.work().workOn(List.of());
      moved = accept(mistyped, "again.csv", true).number();
      mistyped.work().workOn(List.of());
    }
    try (Ledger right = open(url, "https://right.example")) {
      right.work().workOn(List.of());
      AtomicBoolean working = new AtomicBoolean(true);
      CompletableFuture<ClaimedRow> first =
          CompletableFuture.supplyAsync(
              () -> {
                ClaimedRow row = null;
                while (row == null && working.get()) {
                  row = claim(right);
                }
                return row;
              });

      right.work().workOn(List.of(right.batch(moved).orElseThrow()));

      ClaimedRow claimed = first.get(30, TimeUnit.SECONDS);
      working.set(false);
      assertThat(claimed.task()).as("the task of %s", claimed).isNotNull();
    }
  }

  private static Ledger open(String url, String api) {
    return Ledger.open(url, api, Clock.systemUTC(), moment -> moment, 0);
  }

  private static ClaimedRow claim(Ledger ledger) {
    return ledger.work().settleAndClaim(null, true);
  }

  /** Its task is created, and nobody sees it end. */
  private static void end(Ledger ledger, ClaimedRow row) {
    long now = ledger.clock().millis();
    Outcome outcome =
        new Outcome(
            Outcome.Kind.DEAD_LETTER,
            Reason.RESULT_UNREADABLE,
            200,
            200,
            "?",
            task(row.line() - 2),
            null,
            null);
    ledger.work().settleAndClaim(LedgerBench.RULES.transition(row, outcome, true, now, now), false);
  }

  private static Batch accept(Ledger ledger, String name, boolean withTasks) {
    long number =
        ledger
            .acceptance()
            .begin(
                new NewBatch(
                    new ManifestName(name, name, Format.CSV, false),
                    "",
                    Path.of("/inbox", name),
                    false,
                    new Layout(Format.CSV, ',', "image_url"),
                    name));
    List<Row> rows =
        IntStream.range(0, ROWS)
            .mapToObj(
                row ->
                    new Row(
                        row + 2, LedgerBench.url(row), "", "", null, withTasks ? task(row) : null))
            .toList();
    ledger.acceptance().add(number, new RowGroup(0, rows));
    return ledger.acceptance().accept(number, name);
  }

  private static String task(long row) {
    return "task-" + row;
  }
}
