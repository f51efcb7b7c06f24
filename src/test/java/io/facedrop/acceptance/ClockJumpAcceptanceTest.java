package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody sets the machine's clock by an hour: nothing is given up, sent again or held up. */
class ClockJumpAcceptanceTest {
  private static final int ROWS = 45;
  private static final int REFUSED = 30;
  private static final int FAILING = 29;

  /** What holds anything up for an hour, or for the ten minutes of a pause, takes longer. */
  private static final Duration ORDINARY = Duration.ofSeconds(90);

  @TempDir Path folder;
  @TempDir Path elsewhere;
  private Workbench bench;
  private Path manifest;
  private FakedTime time;

  @BeforeEach
  void open() {
    Optional<FakedTime> found = FakedTime.in(elsewhere);
    assumeThat(found).as("libfaketime, which Debian's package faketime brings").isPresent();
    time = found.get();
    bench =
        new Workbench(folder, SandboxOptions.defaults().withTaskDuration(Duration.ofSeconds(5)))
            .with("facedrop.faces.await", "true")
            .with("facedrop.faces.poll-ages", "1s")
            .with("facedrop.faces.poll-interval", "2s")
            .with("facedrop.faces.open-tasks", "1000")
            .with("facedrop.retry.initial-delay", "2s")
            .with("facedrop.retry.max-delay", "2s")
            .with("facedrop.publish.interval", "2s")
            .with("facedrop.api.rate", "40/s");
    manifest = manifest("ok");
  }

  private Path manifest(String seventh) {
    return bench.manifest(
        "m.csv",
        ROWS,
        Map.of(
            3,
            "status-unknown",
            5,
            "result-code-500-once",
            7,
            seventh,
            FAILING,
            "code-500-once",
            REFUSED,
            "code-429-once/retry-after-3"));
  }

  @AfterEach
  void close() {
    if (bench != null) {
      bench.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -1})
  void inMidBatch(long hours) {
    Instant start = Instant.now();
    try (Cli run = run()) {
      isPausedWithTasksOpen();
      time.set(Duration.ofHours(hours));

      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
      assertThat(Duration.between(start, Instant.now())).isLessThan(ORDINARY);
      assertThat(run.err())
          .containsOnlyOnce("the machine's clock was put")
          .contains(
              "the machine's clock was put " + (hours > 0 ? "forward" : "back") + " by 1h 0m");
    }

    everythingWasSentOnce();
    bench.successes().forEach(row -> isNotTooLate(row, hours));
  }

  @Test
  void backWhileItIsStopped() {
    stoppedInMidBatch();
    Instant start = Instant.now();
    time.set(Duration.ofHours(-1));

    try (Cli run = run()) {
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
      assertThat(Duration.between(start, Instant.now())).isLessThan(ORDINARY);
      assertThat(run.err()).contains("the machine's clock was set back");
    }

    everythingWasSentOnce();
  }

  /**
   * Nobody can tell it from an hour's rest, after which a task that still runs has had its time.
   */
  @Test
  void forwardWhileItIsStopped() {
    manifest = manifest("status-never");
    stoppedInMidBatch();
    time.set(Duration.ofHours(1));

    try (Cli run = run()) {
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.DEAD_LETTERS);
    }
    assertThat(bench.deadLetters())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "DETECTION_TIMEOUT"));
    bench.assertNothingMissing();
    bench.with("facedrop.faces.deadline", "1s");
    Path[] parts = bench.files("dead-letter").toArray(Path[]::new);
    assertThat(bench.run(parts)).isEqualTo(ExitCode.DEAD_LETTERS);

    assertThat(bench.successes()).hasSize(ROWS - 1);
    eachIsPaidForOnce();
  }

  private void stoppedInMidBatch() {
    try (Cli run = run()) {
      isPausedWithTasksOpen();
      run.process().destroy();
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.RESUMABLE);
    }
    assertThat(bench.onlyBatch().open()).isPositive();
  }

  private Cli run() {
    return new Cli(folder, bench.asOptions(), time.environment(), "run", manifest.toString());
  }

  private void isPausedWithTasksOpen() {
    until(() -> posts().containsKey(url("code-429-once/retry-after-3", REFUSED)));
    until(() -> LedgerFile.of(folder).number("select max(paused_until) from gate") > 0);
    assertThat(
            LedgerFile.of(folder).number("select count(*) from progress where state = 'submitted'"))
        .as("tasks open")
        .isPositive();
    assertThat(bench.onlyBatch().open()).isPositive();
  }

  private void everythingWasSentOnce() {
    assertThat(bench.deadLetters()).isEmpty();
    assertThat(bench.successes()).hasSize(ROWS);
    eachIsPaidForOnce();
    bench.assertNothingMissing();
  }

  /** Beside what was refused, or failed without a task. */
  private void eachIsPaidForOnce() {
    assertThat(posts()).hasSize(ROWS);
    posts()
        .forEach(
            (url, posts) -> assertThat(posts).as(url).isEqualTo(url.contains("/code-") ? 2 : 1));
  }

  /** Never later than an hour after its task ended, by the clock that now is the earlier one. */
  private static void isNotTooLate(Map<String, String> row, long hours) {
    boolean afterwards = Integer.parseInt(row.get("n")) >= REFUSED;
    Instant machine = Instant.now().plus(Duration.ofHours(afterwards ? Math.min(0, hours) : 0));
    Instant latest = machine.plus(Duration.ofHours(1));
    Instant expires = Instant.parse(row.get("facedrop_detect_id_expires_at"));
    assertThat(expires).as("%s", row).isBeforeOrEqualTo(latest);
    assertThat(expires.isAfter(latest.minus(ORDINARY)) || !afterwards).as("%s", row).isTrue();
  }

  private Map<String, Long> posts() {
    return bench.sandbox().journal().stream()
        .filter(arrival -> arrival.imageUrl() != null)
        .collect(Collectors.groupingBy(Arrival::imageUrl, Collectors.counting()));
  }

  private static String url(String path, int number) {
    return Workbench.url(path, number);
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).until(condition);
  }
}
