package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.ledger.model.Batch;
import io.facedrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code serve}: from the inbox to the archive, and what it survives by itself. */
class ServeAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aDroppedManifestIsWorkedMirroredAndArchived() throws IOException {
    try (Workbench bench = new Workbench(folder);
        Workbench.Serving serving = bench.serve()) {
      Path manifest = bench.manifest("m.csv", 20, Map.of(3, "code-422"));
      Path partner = Files.createDirectories(folder.resolve("inbox/partner"));
      Files.move(manifest, partner.resolve("m.csv"));

      await().atMost(PATIENCE).until(() -> isComplete(serving, 1));

      Batch batch = serving.onlyBatch();
      assertThat(folder.resolve("success/partner/m." + batch.id() + ".success-0001.csv")).exists();
      assertThat(folder.resolve("dead-letter/partner/m." + batch.id() + ".dead-letter-0001.csv"))
          .exists();
      assertThat(folder.resolve("report/partner/m." + batch.id() + ".report.json")).exists();
      List<Path> archived = bench.files("archive");
      assertThat(archived).hasSize(1);
      assertThat(archived.get(0).getFileName().toString()).isEqualTo(batch.id() + "-m.csv");
      assertThat(bench.files("inbox")).isEmpty();
      bench.assertNothingMissing();
    }
  }

  @Test
  void aSlowlyCopiedManifestIsTakenOnceAndWhole() throws IOException {
    try (Workbench bench = new Workbench(folder);
        Workbench.Serving serving = bench.serve()) {
      Path target = Files.createDirectories(folder.resolve("inbox")).resolve("slow.csv");
      try (Writer writer = Files.newBufferedWriter(target)) {
        writer.write("image_url\n");
        for (int n = 0; n < 10; n++) {
          writer.write(Workbench.url("ok", n) + "\n");
          writer.flush();
          long size = Files.size(target);
          await()
              .pollDelay(Duration.ofMillis(700))
              .atMost(PATIENCE)
              .until(() -> Files.size(target) == size);
          assertThat(serving.hasBatches(0)).isTrue();
        }
      }

      await().atMost(PATIENCE).until(() -> isComplete(serving, 1));

      assertThat(bench.successes()).hasSize(10);
      bench.assertNothingMissing();
    }
  }

  @Test
  void aSmallManifestIsNotStuckBehindALargeOne() {
    try (Workbench bench = new Workbench(folder);
        Workbench.Serving serving = bench.serve()) {
      bench.sandbox().latency(Duration.ofMillis(5));
      bench.drop(bench.manifest("large.csv", 200_000, Map.of()));
      await().atMost(PATIENCE).until(() -> bench.sandbox().posts() > 100);
      bench.drop(bench.manifest("small.csv", 50, "small"));

      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  serving.ledger().newestBatches(1).get(0).manifest().equals("small.csv")
                      && serving.ledger().newestBatches(1).get(0).complete());

      List<Batch> batches = serving.ledger().newestBatches(2);
      assertThat(batches.get(1).complete()).isFalse();
      serving.ledger().orders().cancel(batches.get(1));
      assertThat(arrivalsUntilTheLastOfSmall(bench)).isLessThan(2 * 50 + 4 * 8);
    }
  }

  @Test
  void outOfCreditsInMidBatchHaltsAndGoesOnByItself() {
    try (Workbench bench = new Workbench(folder, SandboxOptions.defaults().withCredits(50));
        Workbench.Serving serving = bench.serve()) {
      bench.sandbox().latency(Duration.ofMillis(20));
      bench.drop(bench.manifest("m.csv", 200, Map.of()));

      await().atMost(PATIENCE).until(() -> serving.gate().halted());
      await().atMost(PATIENCE).until(() -> bench.sandbox().balances() >= 2);

      assertThat(serving.onlyBatch().dead()).isZero();
      assertThat(bench.sandbox().posts()).isLessThanOrEqualTo(50 + 2 * 8);
      long whileHalted = bench.sandbox().posts();

      bench.sandbox().credits(1_000);
      await().atMost(PATIENCE).until(() -> isComplete(serving, 1));

      assertThat(whileHalted).isLessThan(70);
      assertThat(bench.successes()).hasSize(200);
      bench.assertNothingMissing();
    }
  }

  @Test
  void anEndpointThatAnswers502ForAWhileCostsAHandfulOfRows() {
    try (Workbench bench = new Workbench(folder);
        Workbench.Serving serving = bench.serve()) {
      bench.sandbox().latency(Duration.ofMillis(5));
      bench.drop(bench.manifest("m.csv", 3_000, Map.of()));
      await().atMost(PATIENCE).until(() -> bench.sandbox().posts() > 200);

      bench.sandbox().answerAllWith("http-502");
      await().atMost(PATIENCE).until(() -> serving.outageLevel() >= 3);
      bench.sandbox().answerNormally();
      await().atMost(PATIENCE).until(() -> isComplete(serving, 1));

      assertThat(bench.deadLetters())
          .hasSizeBetween(5, 30)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "IN_DOUBT"));
      bench.assertNothingMissing();
    }
  }

  @Test
  void anEndpointThatRefusesConnectionsForAWhileCostsAlmostNothing() {
    try (Workbench bench = new Workbench(folder);
        Workbench.Serving serving = bench.serve()) {
      bench.sandbox().latency(Duration.ofMillis(5));
      bench.drop(bench.manifest("m.csv", 2_000, Map.of()));
      await().atMost(PATIENCE).until(() -> bench.sandbox().posts() > 200);

      bench.stopSandbox();
      await().atMost(PATIENCE).until(() -> serving.outageLevel() >= 3);
      bench.startSandbox(SandboxOptions.defaults());
      await().atMost(PATIENCE).until(() -> isComplete(serving, 1));

      assertThat(bench.deadLetters())
          .hasSizeLessThanOrEqualTo(16)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "IN_DOUBT"));
      assertThat(bench.successes().size() + bench.deadLetters().size()).isEqualTo(2_000);
    }
  }

  @Test
  void cancelInMidBatchStopsEveryFurtherPost() {
    try (Workbench bench = new Workbench(folder);
        Workbench.Serving serving = bench.serve()) {
      bench.sandbox().latency(Duration.ofMillis(20));
      bench.drop(bench.manifest("m.csv", 50_000, Map.of()));
      await().atMost(PATIENCE).until(() -> bench.sandbox().posts() > 100);

      String id = serving.onlyBatch().id();
      Cli cancel = Cli.finished(folder, bench.asOptions(), "cancel", id);
      long posts = bench.sandbox().posts();
      assertThat(cancel.exitCode()).as(cancel.toString()).isZero();
      await().atMost(PATIENCE).until(() -> isComplete(serving, 1));

      assertThat(bench.sandbox().posts()).isEqualTo(posts);
      Batch batch = serving.onlyBatch();
      assertThat(batch.succeeded()).isBetween(100L, 49_000L);
      assertThat(bench.sandbox().journal())
          .noneMatch(arrival -> arrival.at().isAfter(batch.cancelledAt().plusSeconds(1)));
      assertThat(bench.deadLetters())
          .hasSize((int) batch.dead())
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "CANCELLED"));
      assertThat(bench.report().path("cancelled").asBoolean()).isTrue();
      bench.assertNothingMissing();
    }
  }

  @Test
  void resumeFromAnotherProcessOpensAHaltedGate() {
    try (Workbench bench = new Workbench(folder)) {
      bench.with("facedrop.gate.probe-interval", "1h");
      bench.sandbox().acceptKeys(java.util.Set.of("another"));
      try (Workbench.Serving serving = bench.serve()) {
        bench.drop(bench.manifest("m.csv", 10, Map.of()));
        await().atMost(PATIENCE).until(() -> serving.gate().halted());
        bench.sandbox().acceptKeys(java.util.Set.of(Workbench.KEY));

        assertThat(Cli.finished(folder, bench.asOptions(), "resume").exitCode()).isZero();

        await().atMost(PATIENCE).until(() -> isComplete(serving, 1));
        bench.assertNothingMissing();
      }
    }
  }

  @Test
  void theSameContentUnderAnotherNameIsSetAside() {
    try (Workbench bench = new Workbench(folder);
        Workbench.Serving serving = bench.serve()) {
      Path first = bench.manifest("first.csv", 5, Map.of());
      Path second = bench.manifest("second.csv", 5, Map.of());
      bench.drop(first);
      await().atMost(PATIENCE).until(() -> isComplete(serving, 1));
      bench.drop(second);

      await().atMost(PATIENCE).until(() -> bench.files("rejected").size() == 2);

      assertThat(bench.files("rejected").get(1)).content().contains("DUPLICATE_MANIFEST");
      // It is removed once it is kept with its reason.
      await().atMost(PATIENCE).until(() -> bench.files("inbox").isEmpty());
      bench.assertNothingMissing();
    }
  }

  private static boolean isComplete(Workbench.Serving serving, int batches) {
    return serving.hasBatches(batches)
        && serving.ledger().newestBatches(batches).stream().allMatch(Batch::complete);
  }

  /** Requests from the first of the small manifest to its last, those of the large one included. */
  private static long arrivalsUntilTheLastOfSmall(Workbench bench) {
    List<String> urls =
        bench.sandbox().journal().stream().map(arrival -> arrival.imageUrl()).toList();
    return urls.lastIndexOf(Workbench.url("small", 49)) - urls.indexOf(Workbench.url("small", 0));
  }
}
