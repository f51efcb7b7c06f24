package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.command.ExitCode;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code run} with faces: what comes out of a task's end. */
class FacesAcceptanceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration VALID = Duration.ofHours(1);

  @TempDir Path folder;

  @Test
  void everySuccessIsCompleteAndExpiresNeverTooLate() throws Exception {
    try (Workbench bench = bench(Duration.ofMillis(300))) {
      Path manifest = bench.manifest("m.csv", 20, Map.of(3, "faces-0", 4, "status-unknown"));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      bench.assertNothingMissing();
      assertThat(bench.successes()).hasSize(20);
      List<Arrival> journal = bench.sandbox().journal();
      for (Map<String, String> row : bench.successes()) {
        String task = row.get("facedrop_detect_task_id");
        assertThat(row)
            .containsEntry("facedrop_charged", "yes")
            .containsEntry("facedrop_attempts", "1")
            .containsEntry("facedrop_requests", String.valueOf(1 + asked(journal, task).size()))
            .containsEntry("facedrop_possible_duplicate", "false");
        isWhatTheApiFound(bench, row);
        expiresNeverTooLate(row, journal);
      }
      assertThat(bench.successes().get(3))
          .containsEntry("facedrop_face_count", "0")
          .containsEntry("facedrop_faces", "[]");
    }
  }

  private static void isWhatTheApiFound(Workbench bench, Map<String, String> row) throws Exception {
    String query = "?detect_task_id=" + row.get("facedrop_detect_task_id");
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    bench.sandbox().baseUri() + "/api/v1/client/job/detect-face-result" + query))
            .header("x-api-key", "any")
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode result = JSON.readTree(answer.body()).path("data").path("result");
    assertThat(row)
        .containsEntry("facedrop_detect_id", result.path("id").asText())
        .containsEntry("facedrop_face_count", String.valueOf(result.path("faces").size()))
        .containsEntry("facedrop_faces", result.path("faces").toString());
  }

  /** The moment at which the task was last known not to be finished is the one that counts. */
  private static void expiresNeverTooLate(Map<String, String> row, List<Arrival> journal) {
    List<Arrival> polls = asked(journal, row.get("facedrop_detect_task_id"));
    Arrival post =
        journal.stream()
            .filter(arrival -> row.get("image_url").equals(arrival.imageUrl()))
            .findFirst()
            .orElseThrow();
    Arrival unfinished = polls.size() == 1 ? post : polls.get(polls.size() - 2);
    Arrival last = polls.get(polls.size() - 1);
    assertThat(Instant.parse(row.get("facedrop_detect_id_expires_at")))
        .isBeforeOrEqualTo(unfinished.at().plus(VALID))
        .isAfter(unfinished.at().plus(VALID).minusSeconds(3));
    assertThat(Instant.parse(row.get("facedrop_detected_at")))
        .isBetween(last.at().minusSeconds(1), last.at().plusSeconds(3));
  }

  @Test
  void jsonLinesBearFacesAsTheyAre() throws IOException {
    try (Workbench bench = bench(Duration.ZERO)) {
      Path manifest =
          bench.manifest(
              "m.jsonl",
              "{\"image_url\":\"" + Workbench.url("faces-2", 1) + "\"}",
              "{\"image_url\":\"" + Workbench.url("faces-0", 2) + "\"}",
              "{\"image_url\":\"" + Workbench.url("status-failed", 3) + "\"}");

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      List<String> lines = Files.readAllLines(bench.files("success").get(0));
      JsonNode two = JSON.readTree(lines.get(0));
      assertThat(two.path("facedrop_face_count").isInt()).isTrue();
      assertThat(two.path("facedrop_faces").isArray()).isTrue();
      assertThat(two.at("/facedrop_faces/1/id").intValue()).isEqualTo(1);
      assertThat(two.at("/facedrop_faces/1/link").isTextual()).isTrue();
      assertThat(two.path("facedrop_possible_duplicate").isBoolean()).isTrue();
      assertThat(lines.get(1)).contains("\"facedrop_face_count\":0,\"facedrop_faces\":[],");
      assertThat(Files.readString(bench.files("dead-letter").get(0)))
          .contains("\"facedrop_reason\":\"DETECTION_FAILED\",\"facedrop_code\":200,")
          .contains("\"facedrop_message\":\"the sandbox was told to fail this task\"");
    }
  }

  @Test
  void aTaskThatFailsOrNeverEndsIsADeadLetterThatWasPaidFor() {
    try (Workbench bench = bench(Duration.ofMillis(100))) {
      bench.with("facedrop.faces.deadline", "1s");
      Path manifest =
          bench.manifest(
              "m.csv",
              6,
              Map.of(1, "status-failed", 3, "status-never", 4, "status-unknown-forever"));

      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

      bench.assertNothingMissing();
      assertThat(bench.successes()).hasSize(3);
      List<Map<String, String>> dead = bench.deadLetters();
      assertThat(dead)
          .hasSize(3)
          .allSatisfy(
              row ->
                  assertThat(row)
                      .containsEntry("facedrop_charged", "yes")
                      .containsEntry("facedrop_code", "200")
                      .hasEntrySatisfying(
                          "facedrop_detect_task_id", id -> assertThat(id).startsWith("sandbox-")));
      assertThat(dead.get(0))
          .containsEntry("facedrop_reason", "DETECTION_FAILED")
          .containsEntry("facedrop_message", "the sandbox was told to fail this task");
      assertThat(dead.get(1).get("facedrop_message")).endsWith("its last status: processing");
      assertThat(dead.get(2).get("facedrop_message")).endsWith("its last status: queued");
      dead.subList(1, 3).forEach(row -> wasGivenUpAfterItsDeadline(bench, row));
    }
  }

  private static void wasGivenUpAfterItsDeadline(Workbench bench, Map<String, String> row) {
    assertThat(row).containsEntry("facedrop_reason", "DETECTION_TIMEOUT");
    List<Arrival> journal = bench.sandbox().journal();
    List<Arrival> polls = asked(journal, row.get("facedrop_detect_task_id"));
    long posted =
        journal.stream()
            .filter(arrival -> row.get("image_url").equals(arrival.imageUrl()))
            .mapToLong(Arrival::nanos)
            .findFirst()
            .orElseThrow();
    assertThat(polls.get(polls.size() - 1).nanos() - posted).isGreaterThan(990_000_000L);
    assertThat(polls.get(polls.size() - 2).nanos() - posted).isLessThan(1_000_000_000L);
  }

  @Test
  void aTaskThatTookTooLongGoesOnWhenItsDeadLetterIsDroppedAgain() {
    try (Workbench bench = bench(Duration.ofMillis(1_600))) {
      bench.with("facedrop.faces.deadline", "1s");
      Path manifest = bench.manifest("m.csv", 10, Map.of());
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);
      String batch = bench.onlyBatch().id();
      List<Map<String, String>> dead = bench.deadLetters();
      assertThat(dead)
          .hasSize(10)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "DETECTION_TIMEOUT"));

      assertThat(bench.run(bench.files("dead-letter").get(0))).isEqualTo(ExitCode.OK);

      assertThat(bench.sandbox().posts()).isEqualTo(10);
      assertThat(bench.successes()).hasSize(10);
      for (int n = 0; n < 10; n++) {
        assertThat(bench.successes().get(n))
            .containsEntry("n", String.valueOf(n))
            .containsEntry("facedrop_origin", batch + ":" + (n + 2))
            .containsEntry("facedrop_charged", "yes")
            .containsEntry("facedrop_detect_task_id", dead.get(n).get("facedrop_detect_task_id"))
            .doesNotContainKey("facedrop_reason");
        expiresNeverTooLate(bench.successes().get(n), bench.sandbox().journal());
      }
      assertThat(bench.<Long>ledger(FacesAcceptanceTest::requests))
          .isEqualTo(bench.sandbox().posts() + bench.sandbox().results());
    }
  }

  private static long requests(io.facedrop.ledger.Ledger ledger) {
    return ledger.newestBatches(9).stream().mapToLong(batch -> batch.requests()).sum();
  }

  private static List<Arrival> asked(List<Arrival> journal, String task) {
    return journal.stream().filter(arrival -> task.equals(arrival.taskId())).toList();
  }

  private Workbench bench(Duration task) {
    return new Workbench(folder, SandboxOptions.defaults().withTaskDuration(task)).awaitingFaces();
  }
}
