package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.sandbox.Arrival;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An API that refuses everything for a while: what it costs, and that it goes on. */
class StormsAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONCURRENCY = 8;
  private static final int MOST_PAUSE_MILLIS = 400;

  /** What was in flight when a pause began may ask for more time, from its own answer on. */
  private static final long ANSWERED_WITHIN_MILLIS = 5_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code-429",
        "code-429/retry-after-absurd",
        "code-429/retry-after-negative",
        "code-429/retry-after-garbage",
        "code-429/retry-after-date-999999999",
        "code-429/retry-after-past",
        "http-503",
        "http-503/retry-after-absurd",
        "http-503/retry-after-past"
      })
  void aStormOfRefusalsPausesTheWholeGateForABoundedTime(String refusal) {
    try (Workbench bench = new Workbench(folder)) {
      bench.with("facedrop.gate.max-pause", MOST_PAUSE_MILLIS + "ms");
      bench.sandbox().latency(Duration.ofMillis(5));
      try (Workbench.Running run = bench.start(bench.manifest("m.csv", 200, Map.of()))) {
        until(() -> bench.sandbox().posts() > 30);
        bench.sandbox().answerAllWith(refusal);
        until(() -> bench.ledgerFile().pauses() >= 3);
        bench.sandbox().answerNormally();

        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
      }
      // Those in flight when a pause begins are one refusal with it.
      assertThat(refusals(bench))
          .as("refusals")
          .isBetween(3L, CONCURRENCY * bench.ledgerFile().pauses());
      assertThat(
              bench.ledgerFile().number("select max(until - at) from event where kind = 'pause'"))
          .as("the longest pause")
          .isBetween(0L, MOST_PAUSE_MILLIS + ANSWERED_WITHIN_MILLIS);
      assertThat(bench.successes())
          .hasSize(200)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_attempts", "1"));
      bench.assertNothingMissing();
    }
  }

  @ParameterizedTest
  @CsvSource({"401, 200ms", "402, 200ms", "505, 200ms", "401, 1h", "402, 1h", "505, 1h"})
  void aHaltInMidBatchCostsNoRowAndEndsByItselfOrByResume(int code, String probeInterval) {
    boolean byItself = !probeInterval.equals("1h");
    try (Workbench bench = new Workbench(folder).awaitingFaces()) {
      bench.with("facedrop.gate.probe-interval", probeInterval);
      bench.sandbox().latency(Duration.ofMillis(5));
      try (Workbench.Running run = bench.start(bench.manifest("m.csv", 200, Map.of()))) {
        until(() -> bench.sandbox().posts() > 30);
        begin(bench, code);
        until(() -> bench.ledgerFile().haltedBy() == code);
        if (byItself) {
          until(() -> probes(bench, code) >= 3);
        }
        assertThat(bench.onlyBatch().dead()).isZero();
        assertThat(bench.onlyBatch().open()).isPositive();
        if (!byItself || code == 402) {
          // No canary is among them: its time has not come, or there is nothing to pay with.
          assertThat(refusals(bench)).as("refusals").isBetween(1L, (long) CONCURRENCY);
        }

        end(bench, code);
        if (!byItself) {
          assertThat(bench.<Integer>ledger(ledger -> ledger.orders().resume())).isOne();
        }
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
      }
      assertThat(bench.successes()).hasSize(200);
      bench.assertNothingMissing();
    }
  }

  private static void begin(Workbench bench, int code) {
    switch (code) {
      case 401 -> bench.sandbox().acceptKeys(Set.of("another"));
      case 402 -> bench.sandbox().credits(0);
      default -> bench.sandbox().answerAllWith("code-" + code);
    }
  }

  private static void end(Workbench bench, int code) {
    switch (code) {
      case 401 -> bench.sandbox().acceptKeys(Set.of());
      case 402 -> bench.sandbox().credits(1_000);
      default -> bench.sandbox().answerNormally();
    }
  }

  /** Questions whether it goes on: rows one by one or, after 402, the balance, which is free. */
  private static long probes(Workbench bench, int code) {
    return code == 402 ? bench.sandbox().balances() : refusals(bench) - CONCURRENCY;
  }

  private static long refusals(Workbench bench) {
    List<Arrival> journal = bench.sandbox().journal();
    return journal.stream()
        .filter(it -> Set.of(401, 402, 429, 503, 505).contains(it.code()))
        .count();
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }
}
