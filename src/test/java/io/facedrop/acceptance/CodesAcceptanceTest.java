package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.command.ExitCode;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.HttpStatusStyle;
import io.facedrop.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each of the API's ten codes, as HTTP 200 and as mirrored HTTP status, over a real socket. */
class CodesAcceptanceTest {
  private static final int ROWS = 6;
  private static final int SPECIAL = 3;
  private static final Duration LATENCY = Duration.ofMillis(50);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(HttpStatusStyle.class)
  void code200IsASuccessWithItsTaskId(HttpStatusStyle style) {
    try (Workbench bench = bench(style)) {
      assertThat(bench.run(bench.manifest("m.csv", ROWS, Map.of()))).isEqualTo(ExitCode.OK);

      assertThat(bench.successes())
          .hasSize(ROWS)
          .allSatisfy(
              row -> {
                assertThat(row.get("facedrop_detect_task_id")).startsWith("sandbox-");
                assertThat(row.get("facedrop_charged")).isEqualTo("yes");
                assertThat(row.get("facedrop_attempts")).isEqualTo("1");
              });
      assertThat(bench.deadLetters()).isEmpty();
      bench.assertNothingMissing();
    }
  }

  static Stream<Arguments> deadLetters() {
    return Stream.of(HttpStatusStyle.values())
        .flatMap(
            style ->
                Stream.of(
                    Arguments.of(style, 404, "NOT_FOUND", 1, "no"),
                    Arguments.of(style, 422, "VALIDATION_ERROR", 1, "no"),
                    Arguments.of(style, 500, "SERVER_ERROR", 3, "unknown"),
                    Arguments.of(style, 501, "GENERATION_FAILED", 1, "unknown")));
  }

  @ParameterizedTest
  @MethodSource("deadLetters")
  void endsAsADeadLetter(
      HttpStatusStyle style, int code, String reason, int attempts, String charged) {
    try (Workbench bench = bench(style)) {
      Path manifest = bench.manifest("m.csv", ROWS, Map.of(SPECIAL, "code-" + code));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(bench.successes()).hasSize(ROWS - 1);
      Map<String, String> row = only(bench.deadLetters());
      assertThat(row)
          .containsEntry("n", String.valueOf(SPECIAL))
          .containsEntry("facedrop_line", String.valueOf(SPECIAL + 2))
          .containsEntry("facedrop_reason", reason)
          .containsEntry("facedrop_code", String.valueOf(code))
          .containsEntry(
              "facedrop_http_status",
              style == HttpStatusStyle.MIRRORED ? String.valueOf(code) : "200")
          .containsEntry("facedrop_attempts", String.valueOf(attempts))
          .containsEntry("facedrop_requests", String.valueOf(attempts))
          .containsEntry("facedrop_charged", charged)
          .containsEntry("facedrop_detect_task_id", "");
      assertThat(bench.sandbox().postsOf(Workbench.url("code-" + code, SPECIAL)))
          .isEqualTo(attempts);
      bench.assertNothingMissing();
    }
  }

  @ParameterizedTest
  @EnumSource(HttpStatusStyle.class)
  void code500IsTriedAgainUntilItSucceeds(HttpStatusStyle style) {
    try (Workbench bench = bench(style)) {
      Path manifest = bench.manifest("m.csv", ROWS, Map.of(SPECIAL, "code-500-twice"));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(bench.successes().get(SPECIAL))
          .containsEntry("facedrop_attempts", "3")
          .containsEntry("facedrop_requests", "3")
          .containsEntry("facedrop_possible_duplicate", "false");
      bench.assertNothingMissing();
    }
  }

  static Stream<Arguments> pauses() {
    return Stream.of(HttpStatusStyle.values())
        .flatMap(style -> Stream.of(429, 455).map(code -> Arguments.of(style, code)));
  }

  @ParameterizedTest
  @MethodSource("pauses")
  void pausesTheGateAndUsesNoAttempt(HttpStatusStyle style, int code) {
    try (Workbench bench = bench(style)) {
      Path manifest = bench.manifest("m.csv", ROWS, Map.of(SPECIAL, "code-" + code + "-once"));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(bench.successes()).hasSize(ROWS);
      assertThat(bench.successes().get(SPECIAL))
          .containsEntry("facedrop_attempts", "1")
          .containsEntry("facedrop_requests", "2");
      assertThat(bench.report().path("events").toString()).contains("pausing for");
      bench.assertNothingMissing();
    }
  }

  static Stream<Arguments> halts() {
    return Stream.of(HttpStatusStyle.values())
        .flatMap(style -> Stream.of(401, 402, 505).map(code -> Arguments.of(style, code)));
  }

  @ParameterizedTest
  @MethodSource("halts")
  void haltsWithEveryRowOpenAndGoesOnLater(HttpStatusStyle style, int code) {
    try (Workbench bench = bench(style)) {
      bench.sandbox().latency(LATENCY);
      String halting = "code-" + code + "-once";
      Path manifest = bench.manifest("m.csv", 40, Map.of(SPECIAL, halting));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);

      assertThat(bench.onlyBatch().dead()).isZero();
      assertThat(bench.onlyBatch().open()).isPositive();
      assertThat(arrivedAfterTheAnswerTo(Workbench.url(halting, SPECIAL), bench))
          .isLessThanOrEqualTo(8);
      bench.assertNothingMissing();

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(bench.successes()).hasSize(40);
      bench.assertNothingMissing();
    }
  }

  @Test
  void three404sInARowAtTheVeryStartMeanAWrongAddress() {
    try (Workbench bench = bench(HttpStatusStyle.ALWAYS_200)) {
      bench.sandbox().answerAllWith("code-404");
      Path manifest = bench.manifest("m.csv", 20, Map.of());

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);

      assertThat(bench.sandbox().posts()).isEqualTo(3);
      assertThat(bench.sandbox().maxInFlight()).isEqualTo(1);
      assertThat(bench.onlyBatch().open()).isEqualTo(20);

      bench.sandbox().answerNormally();
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);
      bench.assertNothingMissing();
    }
  }

  @Test
  void aSingle404AtTheVeryStartIsItsRowsOwn() {
    try (Workbench bench = bench(HttpStatusStyle.ALWAYS_200)) {
      bench.with("facedrop.retry.initial-delay", "1ms").with("facedrop.api.rate", "50/s");
      Path manifest = bench.manifest("m.csv", 8, Map.of(0, "code-404"));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(only(bench.deadLetters()))
          .containsEntry("facedrop_reason", "NOT_FOUND")
          .containsEntry("facedrop_requests", "1");
      assertThat(bench.sandbox().posts()).isEqualTo(8);
      bench.assertNothingMissing();
    }
  }

  @Test
  void three404RowsAtTheVeryStartDoNotBlockTheOthers() {
    try (Workbench bench = bench(HttpStatusStyle.ALWAYS_200)) {
      Path manifest =
          bench.manifest("m.csv", 30, Map.of(0, "code-404", 1, "code-404", 2, "code-404"));

      assertThat(bench.run(true, Duration.ofMinutes(1), manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(bench.deadLetters())
          .hasSize(3)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "NOT_FOUND"));
      assertThat(bench.sandbox().posts()).isLessThanOrEqualTo(30 + 3);
      bench.assertNothingMissing();
    }
  }

  @Test
  void whatAnEarlierAttemptMayHaveCostIsUnknown() {
    try (Workbench bench = bench(HttpStatusStyle.ALWAYS_200)) {
      bench.with("facedrop.in-doubt", "resubmit");
      Path manifest = bench.manifest("m.csv", ROWS, Map.of(SPECIAL, "http-502-once/code-422"));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(only(bench.deadLetters()))
          .containsEntry("facedrop_reason", "VALIDATION_ERROR")
          .containsEntry("facedrop_charged", "unknown");
    }
  }

  static Stream<Arguments> inDoubt() {
    return Stream.of(
        Arguments.of("http-502", "502"),
        Arguments.of("http-504", "504"),
        Arguments.of("not-json", "200"),
        Arguments.of("empty", "200"),
        Arguments.of("no-task-id", "200"),
        Arguments.of("code-433", "200"),
        Arguments.of("huge", ""),
        Arguments.of("deep", "200"),
        Arguments.of("redirect", "302"),
        Arguments.of("reset", ""),
        Arguments.of("reset-mid", ""),
        Arguments.of("hang", ""),
        Arguments.of("drip", ""));
  }

  @ParameterizedTest
  @MethodSource("inDoubt")
  void whatMayHaveBeenChargedIsInDoubtAndSentOnce(String path, String httpStatus) {
    try (Workbench bench = bench(HttpStatusStyle.ALWAYS_200)) {
      bench.with("facedrop.api.response-timeout", "1s");
      Path manifest = bench.manifest("m.csv", ROWS, Map.of(SPECIAL, path));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(only(bench.deadLetters()))
          .containsEntry("facedrop_reason", "IN_DOUBT")
          .containsEntry("facedrop_http_status", httpStatus)
          .containsEntry("facedrop_charged", "unknown")
          .satisfies(row -> assertThat(row.get("facedrop_message")).isNotEmpty());
      assertThat(bench.sandbox().postsOf(Workbench.url(path, SPECIAL))).isEqualTo(1);
      bench.assertNothingMissing();
    }
  }

  @Test
  void http503WithoutACodeCountsAsMaintenance() {
    try (Workbench bench = bench(HttpStatusStyle.ALWAYS_200)) {
      Path manifest = bench.manifest("m.csv", ROWS, Map.of(SPECIAL, "http-503-once"));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(bench.sandbox().postsOf(Workbench.url("http-503-once", SPECIAL))).isEqualTo(2);
      bench.assertNothingMissing();
    }
  }

  @Test
  void aCodeAsAStringIsReadAsItsNumber() {
    try (Workbench bench = bench(HttpStatusStyle.ALWAYS_200)) {
      Path manifest = bench.manifest("m.csv", ROWS, Map.of(1, "code-string", 2, "code-string-422"));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(only(bench.deadLetters())).containsEntry("facedrop_reason", "VALIDATION_ERROR");
      bench.assertNothingMissing();
    }
  }

  @Test
  void rowsInDoubtAreSentAgainAndMarkedWhenAsked() {
    try (Workbench bench = bench(HttpStatusStyle.ALWAYS_200)) {
      bench.with("facedrop.in-doubt", "resubmit");
      Path manifest = bench.manifest("m.csv", ROWS, Map.of(SPECIAL, "http-502-once"));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(bench.successes().get(SPECIAL))
          .containsEntry("facedrop_possible_duplicate", "true")
          .containsEntry("facedrop_requests", "2");
      assertThat(bench.report().path("rows_possibly_paid_twice").asInt()).isEqualTo(1);
      bench.assertNothingMissing();
    }
  }

  private static long arrivedAfterTheAnswerTo(String url, Workbench bench) {
    List<Arrival> journal = bench.sandbox().journal();
    long answered =
        journal.stream()
            .filter(arrival -> url.equals(arrival.imageUrl()))
            .mapToLong(arrival -> arrival.nanos() + LATENCY.toNanos())
            .findFirst()
            .orElseThrow();
    return journal.stream().filter(arrival -> arrival.nanos() > answered).count();
  }

  private Workbench bench(HttpStatusStyle style) {
    return new Workbench(folder, SandboxOptions.defaults().withHttpStatus(style));
  }

  private static Map<String, String> only(List<Map<String, String>> rows) {
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }
}
