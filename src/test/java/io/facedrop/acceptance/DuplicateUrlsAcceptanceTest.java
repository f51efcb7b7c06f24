package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.ledger.model.Batch;
import io.facedrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same URL in several rows of a manifest, paid once if so configured. */
class DuplicateUrlsAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CAT = Workbench.url("ok", 1);
  private static final String DOG = Workbench.url("ok", 2);

  @TempDir Path folder;

  @Test
  void everyUrlIsPostedOnceAndAllItsRowsHaveTheFaces() {
    try (Workbench bench = sharing(Duration.ZERO)) {
      Path manifest =
          bench.manifest("m.csv", "n,image_url", "1," + CAT, "2," + DOG, "3," + CAT, "4," + CAT);

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(bench.sandbox().posts()).isEqualTo(2);
      List<Map<String, String>> rows = bench.successes();
      assertThat(rows).extracting(row -> row.get("n")).containsExactly("1", "2", "3", "4");
      assertThat(rows)
          .extracting(row -> row.get("facedrop_charged"))
          .containsExactly("yes", "yes", "no", "no");
      for (int follower : List.of(2, 3)) {
        hasTheResultOf(rows.get(0), rows.get(follower));
        assertThat(rows.get(follower))
            .containsEntry("facedrop_attempts", "0")
            .containsEntry("facedrop_requests", "0")
            .containsEntry("facedrop_possible_duplicate", "false")
            .containsEntry("facedrop_line", String.valueOf(follower + 2))
            .containsEntry("facedrop_origin", bench.onlyBatch().id() + ":" + (follower + 2));
      }
      assertThat(rows.get(0).get("facedrop_detect_id"))
          .isNotEmpty()
          .isNotEqualTo(rows.get(1).get("facedrop_detect_id"));
      bench.assertNothingMissing();
      assertThat(bench.files("report"))
          .anySatisfy(f -> assertThat(f).content().contains("2 rows not sent"));
      assertThat(bench.report().path("rows_sharing_a_result").asLong()).isEqualTo(2);
      assertThat(bench.report().at("/charged/no").asLong()).isEqualTo(2);
      assertThat(bench.report().at("/timeline/slots").findValuesAsText("succeeded"))
          .as("rows on the time line")
          .satisfies(
              counts -> assertThat(counts.stream().mapToInt(Integer::parseInt).sum()).isEqualTo(4));
    }
  }

  private static void hasTheResultOf(Map<String, String> leader, Map<String, String> follower) {
    for (String column :
        List.of(
            "facedrop_detect_task_id",
            "facedrop_detect_id",
            "facedrop_face_count",
            "facedrop_faces",
            "facedrop_detected_at",
            "facedrop_detect_id_expires_at")) {
      assertThat(follower).containsEntry(column, leader.get(column));
    }
  }

  @Test
  void rowsOfOneUrlAreDeadLettersTogether() {
    try (Workbench bench = sharing(Duration.ZERO)) {
      String bad = Workbench.url("code-422", 1);
      String failed = Workbench.url("status-failed", 1);
      Path manifest = bench.manifest("m.txt", bad, failed, "no URL", bad, CAT, failed, "no URL");

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(bench.sandbox().posts()).isEqualTo(3);
      List<Map<String, String>> dead = bench.deadLetters();
      assertThat(dead)
          .extracting(row -> row.get("facedrop_line") + " " + row.get("facedrop_reason"))
          .containsExactly(
              "1 VALIDATION_ERROR",
              "2 DETECTION_FAILED",
              "3 INVALID_URL",
              "4 VALIDATION_ERROR",
              "6 DETECTION_FAILED",
              "7 INVALID_URL");
      for (String column :
          List.of(
              "facedrop_code", "facedrop_message", "facedrop_http_status", "facedrop_failed_at")) {
        assertThat(dead.get(3)).containsEntry(column, dead.get(0).get(column));
        assertThat(dead.get(4)).containsEntry(column, dead.get(1).get(column));
      }
      assertThat(bench.successes()).hasSize(1);
      bench.assertNothingMissing();
    }
  }

  @Test
  void jsonLinesShareToo() throws IOException {
    try (Workbench bench = sharing(Duration.ZERO)) {
      String line = "{\"image_url\":\"" + CAT + "\",\"n\":%d}";
      Path manifest = bench.manifest("m.jsonl", line.formatted(1), line.formatted(2));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(bench.sandbox().posts()).isEqualTo(1);
      List<String> lines = Files.readAllLines(bench.files("success").get(0));
      assertThat(lines).hasSize(2);
      assertThat(detectId(lines.get(1))).isEqualTo(detectId(lines.get(0)));
      assertThat(lines.get(1)).contains("\"n\":2").contains("\"facedrop_charged\":\"no\"");
    }
  }

  private static String detectId(String line) {
    return line.replaceFirst(".*(\"facedrop_detect_id\":\"[^\"]+\").*", "$1");
  }

  @Test
  void unlessConfiguredEveryRowIsSent() {
    try (Workbench bench = new Workbench(folder).awaitingFaces()) {
      Path manifest = bench.manifest("m.txt", CAT, CAT);

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      assertThat(bench.sandbox().posts()).isEqualTo(2);
      assertThat(bench.successes())
          .hasSize(2)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_charged", "yes"));
      bench.assertNothingMissing();
    }
  }

  @Test
  void whatIsSharedOutlivesAKillAndAnotherSetting() {
    try (Workbench bench = sharing(Duration.ofSeconds(6))) {
      Path manifest = threeOfEach(bench, 100);
      try (Cli run = new Cli(folder, bench.asOptions(), "run", manifest.toString())) {
        until(() -> bench.sandbox().posts() == 100 && submitted(bench) == 100);
        assertThat(run.err()).contains("200 with the result of an earlier row");
      }
      assertThat(bench.onlyBatch().open()).as("open when it was killed").isGreaterThan(50);
      bench.with("facedrop.duplicate-urls", "each");

      Cli again = Cli.finished(folder, bench.asOptions(), "run", manifest.toString());

      assertThat(again.exitCode()).as(again.toString()).isEqualTo(ExitCode.OK);
      assertThat(bench.sandbox().posts()).isEqualTo(100);
      isSharedByThree(bench, 100);
    }
  }

  private static void isSharedByThree(Workbench bench, int urls) {
    Map<String, List<Map<String, String>>> byUrl =
        bench.successes().stream().collect(Collectors.groupingBy(row -> row.get("image_url")));
    assertThat(byUrl).hasSize(urls);
    byUrl.forEach(
        (url, rows) ->
            assertThat(rows)
                .hasSize(3)
                .extracting(row -> row.get("facedrop_detect_id"))
                .containsOnly(rows.get(0).get("facedrop_detect_id")));
  }

  @Test
  void cancelledRowsGoTheWayOfTheOneThatWasSent() {
    try (Workbench bench =
            sharing(Duration.ofSeconds(2))
                .with("facedrop.api.rate", "100/s")
                .with("facedrop.faces.open-tasks", "200");
        Workbench.Serving serving = bench.serve()) {
      bench.drop(threeOfEach(bench, 2_000));
      until(() -> bench.sandbox().posts() > 20);

      Cli cancel = Cli.finished(folder, bench.asOptions(), "cancel", serving.onlyBatch().id());
      assertThat(cancel.exitCode()).as(cancel.toString()).isZero();
      int posts = (int) bench.sandbox().posts();
      until(() -> serving.onlyBatch().complete());

      assertThat(bench.sandbox().posts()).isEqualTo(posts);
      isSharedByThree(bench, posts);
      assertThat(bench.deadLetters())
          .hasSize(6_000 - 3 * posts)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "CANCELLED"));
      bench.assertNothingMissing();
    }
  }

  @Test
  void checkTellsWhatSharingSaves() {
    try (Workbench bench = sharing(Duration.ZERO)) {
      Path manifest = bench.manifest("m.txt", CAT, DOG, CAT, "no URL", "no URL", CAT);

      Cli check = Cli.finished(folder, bench.asOptions(), "check", manifest.toString());

      assertThat(check.out().lines().map(line -> line.strip().replaceAll("\\s+", " ")))
          .as(check.toString())
          .contains("repeated 2, which share the result of an earlier row", "credits 2");
    }
  }

  @Test
  void checkOfAnOpenBatchCountsWhatIsStillToBeSent() {
    try (Workbench bench = sharing(Duration.ZERO)) {
      Path manifest = bench.manifest("m.txt", CAT, DOG, CAT);
      bench.sandbox().answerAllWith("code-402");
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);
      bench.sandbox().answerNormally();

      Cli check = Cli.finished(folder, bench.asOptions(), "check", manifest.toString());

      assertThat(check.out().lines().map(line -> line.strip().replaceAll("\\s+", " ")))
          .as(check.toString())
          .contains("credits 2");
      Batch batch = bench.onlyBatch();
      assertThat(batch.open()).isEqualTo(3);
    }
  }

  /** Every URL three times, far apart. */
  private static Path threeOfEach(Workbench bench, int urls) {
    return bench.manifest(
        "m.csv",
        Stream.concat(
                Stream.of("n,image_url"),
                IntStream.range(0, 3 * urls).mapToObj(n -> n + "," + Workbench.url("ok", n % urls)))
            .toArray(String[]::new));
  }

  /** Rows that were sent and have a task. */
  private static long submitted(Workbench bench) {
    return LedgerFile.of(bench.folder())
        .number("select count(*) from progress where detect_task_id is not null and attempts > 0");
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  private Workbench sharing(Duration task) {
    return new Workbench(folder, SandboxOptions.defaults().withTaskDuration(task))
        .awaitingFaces()
        .with("facedrop.duplicate-urls", "share");
  }
}
