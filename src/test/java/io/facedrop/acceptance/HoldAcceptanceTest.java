package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch whose first answers are mostly dead letters of one reason is held, and only that. */
class HoldAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONCURRENCY = 8;

  @TempDir Path folder;

  @Test
  void isHeldAtThe51stOfOneReasonWhileAnotherBatchCompletes() {
    try (Workbench bench = new Workbench(folder)) {
      Path bad = manifest(bench, "bad.csv", 400, n -> n < 20 ? "ok" : "code-422");
      Path good = bench.manifest("good.csv", 400, "slow-1ms");

      assertThat(bench.run(bad, good)).isEqualTo(ExitCode.RESUMABLE);

      Batch held = batch(bench, "bad.csv");
      assertThat(held.held()).isTrue();
      assertThat(held.hold().reason()).isEqualTo(Reason.VALIDATION_ERROR);
      assertThat(held.hold().dead()).isEqualTo(51);
      assertThat(held.hold().of()).isBetween(51L, 71L);
      assertThat(held.requests()).isBetween(51L, 71L + CONCURRENCY);
      assertThat(held.rows()).isEqualTo(held.succeeded() + held.dead() + held.open());
      Batch other = batch(bench, "good.csv");
      assertThat(other.complete()).isTrue();
      assertThat(other.succeeded()).isEqualTo(400);
      assertThat(other.hold()).isNull();
      assertThat(bench.sandbox().posts()).isEqualTo(held.requests() + other.requests());
      // Whoever is to decide can see what it came to so far.
      assertThat(bench.deadLetters()).hasSize((int) held.dead());
      assertThat(bench.successes()).hasSize((int) held.succeeded() + 400);
    }
  }

  @Test
  void staysHeldAndGoesOnToTheEndOnceItIsReleased() {
    try (Workbench bench = new Workbench(folder)) {
      Path manifest = manifest(bench, "m.csv", 300, n -> n < 90 ? "code-422" : "ok");
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);
      long posts = bench.sandbox().posts();

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);
      assertThat(bench.run(true, Duration.ofSeconds(1), manifest)).isEqualTo(ExitCode.RESUMABLE);
      assertThat(bench.sandbox().posts()).as("sent while it was held").isEqualTo(posts);
      assertThat(bench.onlyBatch().held()).isTrue();
      bench.assertNothingMissing();

      Boolean released =
          bench.ledger(ledger -> ledger.orders().release(ledger.newestBatches(1).get(0)));
      assertThat(released).isTrue();
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(bench.sandbox().posts()).isEqualTo(300);
      assertThat(bench.deadLetters()).hasSize(90);
      assertThat(bench.report().path("held").path("dead_letters").asInt()).isEqualTo(51);
      assertThat(bench.report().path("held").path("released_at").asText()).endsWith("Z");
      assertThat(bench.report().path("events").toString())
          .contains("is held: 51 of its first 51 answers were VALIDATION_ERROR", "goes on");
      bench.assertNothingMissing();
    }
  }

  @Test
  void isToldOnceAndResumedBesideTheRunThatWaits() {
    try (Workbench bench = new Workbench(folder)) {
      Path manifest = manifest(bench, "m.csv", 300, n -> n < 90 ? "code-501" : "ok");
      try (Cli run = new Cli(folder, bench.asOptions(), "run", "--wait", manifest.toString())) {
        until(() -> run.err().contains("is held"));
        Batch batch = bench.onlyBatch();
        String news =
            ("batch %1$s is held: 51 of its first 51 answers were GENERATION_FAILED;"
                    + " facedrop show %1$s lists its dead letters and names their file; then go on with facedrop resume %1$s or end it with facedrop"
                    + " cancel %1$s")
                .formatted(batch.id());
        assertThat(run.err()).contains("WARN HeldBatches - " + news).containsOnlyOnce("is held:");
        assertThat(bench.sandbox().posts()).isLessThan(51 + CONCURRENCY);
        assertThat(Cli.finished(folder, bench.asOptions(), "status").out())
            .contains(batch.id() + "   held ", news);

        Cli resume = Cli.finished(folder, bench.asOptions(), "resume", batch.id());

        assertThat(resume.exitCode()).as(resume.toString()).isZero();
        assertThat(resume.out())
            .startsWith(
                "Batch " + batch.id() + " is released: its failing rows no longer hold it.");
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.DEAD_LETTERS);
        assertThat(run.err()).contains("batch " + batch.id() + " goes on");
      }
      bench.assertNothingMissing();
    }
  }

  @Test
  void isStillHeldAfterAKill() {
    try (Workbench bench = new Workbench(folder)) {
      Path manifest = bench.manifest("m.csv", 300, "code-501");
      try (Cli run = new Cli(folder, bench.asOptions(), "run", "--wait", manifest.toString())) {
        LedgerFile file = LedgerFile.of(folder);
        until(() -> file.number("select count(*) from event where detail like '%is held%'") == 1);
        until(() -> file.number("select count(*) from claim") == 0);
        run.process().destroyForcibly();
      }
      long posts = bench.sandbox().posts();

      Cli again = Cli.finished(folder, bench.asOptions(), "run", manifest.toString());

      assertThat(again.exitCode()).as(again.toString()).isEqualTo(ExitCode.RESUMABLE);
      assertThat(again.err())
          .contains("Stopped: batch " + bench.onlyBatch().id() + " is held: 51 of its first 51");
      assertThat(bench.sandbox().posts()).isEqualTo(posts);
      bench.assertNothingMissing();
    }
  }

  @Test
  void resumeSaysWhatItDoesNotFindHeld() {
    try (Workbench bench = new Workbench(folder)) {
      assertThat(bench.run(bench.manifest("m.csv", 1, "ok"))).isEqualTo(ExitCode.OK);

      Cli unknown = Cli.finished(folder, bench.asOptions(), "resume", "nobody");
      assertThat(unknown.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(unknown.err()).contains("no batch nobody is in this ledger; status lists them");
      Cli complete = Cli.finished(folder, bench.asOptions(), "resume", bench.onlyBatch().id());
      assertThat(complete.exitCode()).isZero();
      assertThat(complete.out()).contains("is complete already; nothing changes.");
    }
  }

  @Test
  void cancelEndsIt() {
    try (Workbench bench = new Workbench(folder)) {
      Path manifest = bench.manifest("m.csv", 300, "code-501");
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);
      long posts = bench.sandbox().posts();

      String id = bench.onlyBatch().id();
      assertThat(Cli.finished(folder, bench.asOptions(), "cancel", id).out())
          .contains("is cancelled: 300 rows = 0 succeeded + 300 dead letters.\n");
      assertThat(Cli.finished(folder, bench.asOptions(), "show", id + ":301").out())
          .contains("message       the batch was cancelled")
          .doesNotContain("last answer");
      assertThat(Cli.finished(folder, bench.asOptions(), "show", id + ":2").out())
          .contains("last answer   code 501: ");
      assertThat(bench.onlyBatch().held()).isFalse();
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(bench.sandbox().posts()).isEqualTo(posts);
      assertThat(bench.deadLetters())
          .hasSize(300)
          .filteredOn(row -> row.get("facedrop_reason").equals("CANCELLED"))
          .hasSize(300 - (int) posts);
      bench.assertNothingMissing();
    }
  }

  @Test
  void mixedReasonsDoNotHold() {
    try (Workbench bench = new Workbench(folder)) {
      List<String> paths = List.of("code-422", "code-501", "ok");
      Path manifest = manifest(bench, "m.csv", 200, n -> paths.get(n % 3));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertNeverHeld(bench, 134);
    }
  }

  @Test
  void isNotHeldForTooFewAnswers() {
    try (Workbench bench = new Workbench(folder)) {
      assertThat(bench.run(bench.manifest("m.csv", 50, "code-422")))
          .isEqualTo(ExitCode.DEAD_LETTERS);

      assertNeverHeld(bench, 50);
    }
  }

  @Test
  void isNotHeldWhenNothingOfItIsLeft() {
    try (Workbench bench = new Workbench(folder)) {
      assertThat(bench.run(bench.manifest("m.csv", 51, "code-422")))
          .isEqualTo(ExitCode.DEAD_LETTERS);

      assertNeverHeld(bench, 51);
    }
  }

  @Test
  void isNeverHeldWithoutASample() {
    try (Workbench bench = new Workbench(folder).with("facedrop.batch.hold-after", "0")) {
      assertThat(bench.run(bench.manifest("m.csv", 150, "code-422")))
          .isEqualTo(ExitCode.DEAD_LETTERS);

      assertNeverHeld(bench, 150);
    }
  }

  @Test
  void invalidUrlsAreNoAnswers() {
    try (Workbench bench = new Workbench(folder).with("facedrop.batch.hold-after", "10")) {
      String[] lines =
          IntStream.range(0, 101)
              .mapToObj(n -> n == 0 ? "image_url" : n < 40 ? "no URL" : Workbench.url("ok", n))
              .toArray(String[]::new);

      assertThat(bench.run(bench.manifest("m.csv", lines))).isEqualTo(ExitCode.DEAD_LETTERS);

      assertNeverHeld(bench, 39);
    }
  }

  @Test
  void tasksThatFailAfterTheyWereAcceptedHoldTooAndTheOthersAreFollowedToTheirEnd() {
    try (Workbench bench = new Workbench(folder).awaitingFaces()) {
      bench.with("facedrop.faces.open-tasks", "150");
      Path manifest = manifest(bench, "m.csv", 600, n -> n % 3 == 2 ? "ok" : "status-failed");

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);

      Batch batch = bench.onlyBatch();
      assertThat(batch.hold().reason()).isEqualTo(Reason.DETECTION_FAILED);
      assertThat(batch.hold().dead()).isEqualTo(51);
      assertThat(batch.hold().of()).isBetween(51L, 100L);
      assertThat(batch.open()).isPositive();
      assertThat(bench.sandbox().posts()).isEqualTo(batch.succeeded() + batch.dead());
      assertThat(bench.successes()).hasSize((int) batch.succeeded()).isNotEmpty();
      assertThat(bench.deadLetters()).hasSize((int) batch.dead());
      bench.assertNothingMissing();
    }
  }

  private static void assertNeverHeld(Workbench bench, int dead) {
    assertThat(bench.onlyBatch().hold()).isNull();
    assertThat(bench.deadLetters()).hasSize(dead);
    assertThat(LedgerFile.of(bench.folder()).number("select count(*) from trial")).isZero();
    bench.assertNothingMissing();
  }

  private static Path manifest(Workbench bench, String name, int rows, IntFunction<String> path) {
    return bench.manifest(
        name,
        rows,
        IntStream.range(0, rows).boxed().collect(Collectors.toMap(n -> n, path::apply)));
  }

  private static Batch batch(Workbench bench, String manifest) {
    return bench.ledger(
        ledger ->
            ledger.newestBatches(10).stream()
                .filter(batch -> batch.manifest().equals(manifest))
                .findFirst()
                .orElseThrow());
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }
}
