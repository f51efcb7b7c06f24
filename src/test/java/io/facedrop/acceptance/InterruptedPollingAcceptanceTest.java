package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.ledger.model.Batch;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes in between while tasks are open: nothing is lost, and nothing is paid twice. */
class InterruptedPollingAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONCURRENCY = 8;

  @TempDir Path folder;

  @Test
  void aRunThatIsKilledWithOpenTasksPostsNothingAgain() {
    try (Workbench bench = bench(Duration.ofSeconds(4))) {
      Path manifest = bench.manifest("m.csv", 300, Map.of());
      try (Cli run = new Cli(folder, bench.asOptions(), "run", manifest.toString())) {
        until(() -> bench.sandbox().posts() == 300 && submitted(bench) == 300);
        assertThat(bench.onlyBatch().open()).as(run.toString()).isPositive();
      }
      assertThat(bench.onlyBatch().open()).as("tasks open when it was killed").isGreaterThan(50);

      Cli again = Cli.finished(folder, bench.asOptions(), "run", manifest.toString());

      assertThat(again.exitCode()).as(again.toString()).isEqualTo(ExitCode.OK);
      assertThat(bench.successes()).hasSize(300);
      assertThat(postsByUrl(bench)).hasSize(300).allSatisfy((url, n) -> assertThat(n).isOne());
      // What was claimed when it was killed counts as sent, whether or not it was.
      assertThat(bench.sandbox().posts() + bench.sandbox().results())
          .isBetween(bench.onlyBatch().requests() - CONCURRENCY, bench.onlyBatch().requests());
    }
  }

  @Test
  void aRunThatIsKilledAgainAndAgainPostsNothingTwice() {
    try (Workbench bench = bench(Duration.ofSeconds(1))) {
      bench.with("facedrop.api.rate", "150/s").with("facedrop.faces.open-tasks", "200");
      Path manifest = bench.manifest("m.csv", 300, Map.of());
      for (int posts : List.of(60, 180)) {
        try (Cli run = new Cli(folder, bench.asOptions(), "run", manifest.toString())) {
          until(() -> bench.sandbox().posts() >= posts);
        }
      }

      Cli last = Cli.finished(folder, bench.asOptions(), "run", manifest.toString());

      assertThat(last.exitCode()).as(last.toString()).isIn(ExitCode.OK, ExitCode.DEAD_LETTERS);
      assertThat(bench.deadLetters())
          .hasSizeLessThanOrEqualTo(2 * CONCURRENCY)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "IN_DOUBT"));
      assertThat(bench.successes().size() + bench.deadLetters().size()).isEqualTo(300);
      assertThat(postsByUrl(bench)).allSatisfy((url, n) -> assertThat(n).isOne());
    }
  }

  @Test
  void sigtermWhilePollingIsResumable() {
    try (Workbench bench = bench(Duration.ofSeconds(5))) {
      Path manifest = bench.manifest("m.csv", 100, Map.of());
      try (Cli run = new Cli(folder, bench.asOptions(), "run", manifest.toString())) {
        until(() -> submitted(bench) == 100 && bench.sandbox().results() > 0);
        long start = System.nanoTime();

        run.process().destroy();

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.RESUMABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
      }
      assertThat(bench.onlyBatch().open()).isPositive();
      assertThat(bench.onlyBatch().dead()).isZero();
      bench.assertNothingMissing();

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(bench.sandbox().posts()).isEqualTo(100);
      assertThat(bench.successes()).hasSize(100);
      bench.assertNothingMissing();
    }
  }

  @Test
  void creditsThatEndInMidPollHaltWithEveryTaskKept() {
    try (Workbench bench = bench(Duration.ofSeconds(2))) {
      Path manifest = bench.manifest("m.csv", 40, Map.of());
      Thread spender =
          new Thread(
              () -> {
                until(() -> submitted(bench) == 40);
                bench.sandbox().answerAllWith("code-402");
              });
      spender.start();

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);

      isWhollyOpen(bench);
      long results = bench.sandbox().results();
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);
      isWhollyOpen(bench);
      assertThat(bench.sandbox().results()).as("asked without credits").isEqualTo(results);

      bench.sandbox().answerNormally();
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(bench.successes()).hasSize(40);
      assertThat(bench.sandbox().posts()).isEqualTo(40);
      bench.assertNothingMissing();
    }
  }

  private static void isWhollyOpen(Workbench bench) {
    assertThat(bench.onlyBatch().dead()).isZero();
    assertThat(bench.onlyBatch().open()).isEqualTo(40);
    assertThat(submitted(bench)).isEqualTo(40);
    bench.assertNothingMissing();
  }

  @Test
  void aKeyThatIsRefusedInMidPollKeepsWhatIsSubmitted() {
    try (Workbench bench = bench(Duration.ofMillis(500))) {
      Path manifest = bench.manifest("m.csv", 400, Map.of(3, "result-code-401-once"));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);

      assertThat(bench.onlyBatch().dead()).isZero();
      // Some may have had their results before the key was refused.
      long ended = bench.onlyBatch().succeeded();
      assertThat(bench.onlyBatch().open() + ended).isEqualTo(400);
      assertThat(submitted(bench)).isBetween(4L, 400L).isEqualTo(bench.sandbox().posts());
      bench.assertNothingMissing();

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(postsByUrl(bench)).hasSize(400).allSatisfy((url, n) -> assertThat(n).isOne());
      bench.assertNothingMissing();
    }
  }

  @Test
  void anOutageWhileTasksAreOpenKillsNobody() {
    try (Workbench bench = bench(Duration.ofSeconds(1));
        Workbench.Serving serving = bench.serve()) {
      bench.drop(bench.manifest("m.csv", 40, Map.of()));
      until(() -> submitted(bench) == 40 && bench.sandbox().results() > 0);

      bench.stopSandbox();
      long before = bench.sandbox().posts() + bench.sandbox().results();
      until(() -> serving.outageLevel() >= 3);
      bench.startSandbox(SandboxOptions.defaults().withTaskDuration(Duration.ofSeconds(1)));
      until(() -> serving.onlyBatch().complete());

      Batch batch = serving.onlyBatch();
      assertThat(batch.succeeded()).isEqualTo(40);
      assertThat(bench.sandbox().posts()).isZero();
      assertThat(before + bench.sandbox().results())
          .as("requests that arrived, those whose connection was cut included")
          .isBetween(batch.requests() - CONCURRENCY, batch.requests());
    }
  }

  @Test
  void cancelledWhileTasksAreOpenItFollowsThemToTheirEnd() {
    try (Workbench bench =
            bench(Duration.ofSeconds(2))
                .with("facedrop.api.rate", "100/s")
                .with("facedrop.faces.open-tasks", "200");
        Workbench.Serving serving = bench.serve()) {
      bench.drop(bench.manifest("m.csv", 20_000, Map.of()));
      until(() -> bench.sandbox().posts() > 20);

      String id = serving.onlyBatch().id();
      Cli cancel = Cli.finished(folder, bench.asOptions(), "cancel", id);
      assertThat(cancel.exitCode()).as(cancel.toString()).isZero();
      long posts = bench.sandbox().posts();
      long open = serving.onlyBatch().open();
      until(() -> serving.onlyBatch().complete());

      assertThat(open).as("tasks open when it was cancelled").isPositive();
      assertThat(bench.sandbox().posts()).isEqualTo(posts);
      assertThat(bench.successes()).hasSize((int) posts);
      assertThat(bench.deadLetters())
          .hasSize(20_000 - (int) posts)
          .allSatisfy(
              row ->
                  assertThat(row)
                      .containsEntry("facedrop_reason", "CANCELLED")
                      .containsEntry("facedrop_detect_task_id", ""));
      bench.assertNothingMissing();
    }
  }

  /** Rows that have a task, by the ledger. */
  private static long submitted(Workbench bench) {
    return LedgerFile.of(bench.folder())
        .number("select count(*) from progress where detect_task_id is not null");
  }

  private static Map<String, Long> postsByUrl(Workbench bench) {
    return bench.sandbox().journal().stream()
        .filter(arrival -> arrival.imageUrl() != null)
        .collect(Collectors.groupingBy(Arrival::imageUrl, Collectors.counting()));
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  private Workbench bench(Duration task) {
    return new Workbench(folder, SandboxOptions.defaults().withTaskDuration(task))
        .awaitingFaces()
        .with("facedrop.faces.poll-ages", "300ms")
        .with("facedrop.faces.poll-interval", "600ms")
        .with("facedrop.api.concurrency", String.valueOf(CONCURRENCY));
  }
}
