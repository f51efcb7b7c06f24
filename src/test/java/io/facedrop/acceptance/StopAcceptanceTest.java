package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.sandbox.Arrival;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM under load, in a process of its own. */
class StopAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final int CONCURRENCY = 8;

  @TempDir Path folder;

  @Test
  void sigtermSettlesWhatIsInFlightAndClaimsNothingMore() {
    try (Workbench bench = new Workbench(folder).awaitingFaces()) {
      bench.with("facedrop.publish.interval", "1h");
      bench.sandbox().latency(Duration.ofMillis(300));
      Path manifest = bench.manifest("m.csv", 300, Map.of());
      try (Cli run = new Cli(folder, talking(bench), "run", manifest.toString())) {
        until(() -> bench.sandbox().posts() > 50 && bench.onlyBatch().succeeded() > 0);
        long start = System.nanoTime();
        run.process().destroy();
        until(() -> run.err().contains("is shutting down"));
        long before = bench.sandbox().posts() + bench.sandbox().results();

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.RESUMABLE);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST_STOP);
        assertThat(bench.sandbox().posts() + bench.sandbox().results() - before)
            .as("requests that arrived after the gate was closed")
            .isLessThanOrEqualTo(CONCURRENCY);
        assertThat(bench.onlyBatch().succeeded() - bench.successes().size())
            .as("rows whose answers came too late to be published before the end")
            .isBetween(0L, (long) CONCURRENCY);
      }
      assertThat(bench.ledgerFile().number("select count(*) from claim")).isZero();
      assertThat(bench.onlyBatch().dead()).isZero();
      assertThat(bench.onlyBatch().open()).isPositive();
      bench.assertNothingMissing();

      String stopped = shown(bench);
      assertThat(stopped).contains("facedrop was stopped");
      assertThat(shown(bench)).as("it does not grow while nobody works").isEqualTo(stopped);

      bench.sandbox().latency(Duration.ZERO);
      bench.with("facedrop.success.uri", "file:" + folder.resolve("success/later"));
      try (Cli run = bench.command("run", manifest.toString())) {
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
        assertThat(placesOfSuccesses(run.out()))
            .as("the first part stays where it was written")
            .hasSize(2)
            .containsExactlyInAnyOrderElementsOf(bench.files("success"));
      }
      bench.with("facedrop.success.uri", "file:" + folder.resolve("elsewhere"));
      assertThat(placesOfSuccesses(shown(bench)))
          .containsExactlyInAnyOrderElementsOf(bench.files("success"));
      assertThat(shown(bench))
          .contains("of which nobody worked for", "facedrop was stopped", "facedrop started again");
      assertThat(bench.ledgerFile().number("select count(*) from event where kind = 'stop'"))
          .isEqualTo(2);
      assertThat(bench.successes()).hasSize(300);
      everyImageWasPostedOnce(bench);
      bench.assertNothingMissing();
    }
  }

  @Test
  void sigtermWhileNobodyAnswersLeavesInTimeWithThoseRowsInDoubt() {
    try (Workbench bench = new Workbench(folder)) {
      bench.with("facedrop.api.response-timeout", "2m").with("facedrop.publish.interval", "1h");
      Path manifest = bench.manifest("m.csv", 100, Map.of(30, "hang", 31, "hang"));
      try (Cli run = new Cli(folder, talking(bench), "run", manifest.toString())) {
        until(() -> bench.sandbox().posts() == 100 && bench.onlyBatch().open() == 2);
        long start = System.nanoTime();

        run.process().destroy();

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.RESUMABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LONGEST_STOP);
      }
      assertThat(bench.successes()).as("what had ended when it stopped").hasSize(98);

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(bench.deadLetters())
          .hasSize(2)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "IN_DOUBT"));
      assertThat(bench.successes()).hasSize(98);
      everyImageWasPostedOnce(bench);
      bench.assertNothingMissing();
    }
  }

  @Test
  void aSecondCtrlCLeavesAtOnceAndSaysWhatThatCosts() throws Exception {
    try (Workbench bench = new Workbench(folder)) {
      bench.with("facedrop.api.response-timeout", "2m");
      Path manifest = bench.manifest("m.csv", 20, Map.of(3, "hang", 4, "hang"));
      Path said = folder.resolve("said");
      Process run = interruptible(bench, said, "run", manifest.toString());
      try {
        until(() -> bench.sandbox().posts() == 20 && bench.onlyBatch().open() == 2);
        interrupt(run);
        until(() -> Files.readString(said).contains("Ctrl-C again leaves at once"));
        assertThat(run.isAlive()).isTrue();
        long start = System.nanoTime();

        interrupt(run);

        assertThat(run.waitFor(20, TimeUnit.SECONDS)).as(Files.readString(said)).isTrue();
        assertThat(run.exitValue()).isEqualTo(ExitCode.RESUMABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(said)
            .content()
            .contains(
                "Left at once. Up to 8 requests on the way may have been charged: the next start"
                    + " makes their rows dead letters IN_DOUBT.");
      } finally {
        run.destroyForcibly();
      }
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(bench.deadLetters())
          .hasSize(2)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "IN_DOUBT"));
      everyImageWasPostedOnce(bench);
      bench.assertNothingMissing();
    }
  }

  @Test
  void whatAKilledRunLeavesInTheLedgerIsToldOf() {
    try (Workbench bench = new Workbench(folder)) {
      bench.with("facedrop.api.response-timeout", "2m").with("facedrop.publish.interval", "1h");
      Path manifest = bench.manifest("m.csv", 20, Map.of(3, "hang"));
      try (Cli run = new Cli(folder, talking(bench), "run", manifest.toString())) {
        until(() -> bench.sandbox().posts() == 20 && bench.onlyBatch().open() == 1);
        run.process().destroyForcibly();
        run.exitCode();
      }

      Cli export = Cli.finished(folder, bench.asOptions(), "export", bench.onlyBatch().id());

      assertThat(export.out())
          .contains(
              " is published yet. The 19 rows that ended are in the ledger: serve, or the same run,"
                  + " writes them to the outputs.");
    }
  }

  private String shown(Workbench bench) {
    return Cli.finished(folder, bench.asOptions(), "show", bench.onlyBatch().id()).out();
  }

  private static List<Path> placesOfSuccesses(String summary) {
    return summary
        .lines()
        .filter(line -> line.startsWith("  success "))
        .map(line -> Path.of(line.substring("  success ".length()).strip()))
        .toList();
  }

  /** A build in the background ignores Ctrl-C, and would pass that on. */
  private Process interruptible(Workbench bench, Path said, String... arguments) throws Exception {
    ProcessBuilder builder =
        PackagedJar.process(folder, bench.asOptions(), Map.of(), List.of(arguments));
    builder.command().addAll(0, List.of("env", "--default-signal=INT"));
    return builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
  }

  private static void interrupt(Process process) throws Exception {
    assertThat(new ProcessBuilder("kill", "-INT", "" + process.pid()).start().waitFor()).isZero();
  }

  private static void everyImageWasPostedOnce(Workbench bench) {
    assertThat(bench.sandbox().journal().stream().map(Arrival::imageUrl).filter(Objects::nonNull))
        .doesNotHaveDuplicates();
  }

  /** Tells when Camel begins to stop. */
  private static List<String> talking(Workbench bench) {
    List<String> options = new ArrayList<>(bench.asOptions());
    options.add("-Dorg.slf4j.simpleLogger.log.org.apache.camel=info");
    return options;
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }
}
