package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.SandboxOptions;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CollectFacesTest extends FacesRouteTest {
  private static final String TASK = "select detect_task_id from progress order by id desc limit 1";

  @Override
  List<String> flows() {
    return List.of("detect-faces", "collect-faces");
  }

  @Override
  String route() {
    return "collect-faces";
  }

  @Override
  String request() {
    return "get-result";
  }

  @Override
  String tokens() {
    return "result-";
  }

  @Override
  String kept(String code) {
    return "submitted - " + code + " 1";
  }

  @Override
  int requests() {
    return 2;
  }

  @Override
  void assertKept() throws SQLException {
    assertThat(query(TASK)).first().asString().startsWith("sandbox-");
  }

  @Override
  Map<String, String> properties() {
    return Map.of(
        "facedrop.faces.await", "true",
        "facedrop.faces.poll-ages", "20ms,50ms,100ms",
        "facedrop.faces.poll-interval", "100ms");
  }

  @Override
  SandboxOptions sandboxOptions() {
    return SandboxOptions.defaults().withTaskDuration(Duration.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "a,                     succeeded - 200 1 2",
    "faces-0,               succeeded - 200 1 2",
    "result-code-string,    succeeded - 200 1 2",
    "status-failed,         dead DETECTION_FAILED 200 1 2",
    "result-code-404-twice, succeeded - 200 1 4",
    "result-http-404-once,  succeeded - 200 1 3",
    "result-code-422,       dead VALIDATION_ERROR 422 1 2",
    "result-http-422,       dead VALIDATION_ERROR - 1 2",
    "result-code-500-once,  succeeded - 200 1 3",
    "result-code-501,       dead GENERATION_FAILED 501 1 2",
    "result-code-433,       dead RESULT_UNREADABLE 433 1 3",
    "result-code-433-once,  succeeded - 200 1 3",
    "result-no-task-id,     dead RESULT_UNREADABLE 200 1 3",
    "result-no-code,        dead RESULT_UNREADABLE - 1 3",
    "result-not-json,       dead RESULT_UNREADABLE - 1 3",
    "result-empty,          dead RESULT_UNREADABLE - 1 3",
    "result-deep,           dead RESULT_UNREADABLE - 1 3",
    "result-redirect,       dead RESULT_UNREADABLE - 1 3",
    "result-http-502,       dead RESULT_UNREADABLE - 1 3",
    "result-reset,          dead RESULT_UNREADABLE - 1 3",
    "result-reset-mid,      dead RESULT_UNREADABLE - 1 3",
    "result-hang-once,      succeeded - 200 1 3"
  })
  void settlesARowByTheCodeAndTheStatusOfItsResult(String token, String row) throws Exception {
    settlesTheRow(token, row);
    assertThat(query(TASK)).doesNotContainNull();
    assertThat(sandbox.posts()).isEqualTo(2);
  }

  @Test
  void asksForTheTaskOfTheRowAndKeepsNoKeyBehind() throws Exception {
    accept("https://a.example/1.png\n");
    watchTheKey();
    context.start();
    soon().until(() -> batch().succeeded() == 1);
    assertThat(sandbox.journal())
        .last()
        .satisfies(
            arrival -> {
              assertThat(arrival.method()).isEqualTo("GET");
              assertThat(arrival.path()).isEqualTo("/api/v1/client/job/detect-face-result");
              assertThat(arrival.taskId()).isEqualTo(query(TASK).get(0));
            });
    assertNoKeyAtTheEnd();
  }

  @Test
  void keepsAskingForATaskOfWhichTheApiFailsToTell() throws Exception {
    work("result-code-500");
    soon().untilAsserted(() -> assertThat(row()).matches("submitted - 500 1 [4-9]"));
  }

  @Test
  void asksOnceEachTimeThatATaskIsDue() throws Exception {
    accept("https://a.example/result-code-404-thrice/1.png\n".repeat(40));
    context.start();
    soon().until(() -> batch().open() == 0);
    assertThat(batch().succeeded()).isEqualTo(40);
    for (String task : query("select detect_task_id from progress")) {
      List<Arrival> polls =
          sandbox.journal().stream().filter(arrival -> task.equals(arrival.taskId())).toList();
      assertThat(polls).hasSize(4);
    }
    addsUp(40);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStepThatFailsBeforeTheRequestKeepsTheTask(Exception failure) throws Exception {
    accept("https://a.example/1.png\n");
    failBeforeTheRequest(failure);
    context.start();
    assertNoKeyAtTheEnd();
    soon().untilAsserted(() -> assertThat(row()).isEqualTo("submitted - - 1 1"));
    assertKept();
    assertThat(sandbox.posts()).isEqualTo(1);
    assertThat(sandbox.results()).isZero();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStepThatFailsBehindTheAnswerLosesNoFaces(Exception failure) throws Exception {
    accept("https://a.example/1.png\n");
    weave(
        "collect-faces",
        route ->
            route
                .weaveById("read-result")
                .before()
                .process(
                    exchange -> {
                      throw failure;
                    }));
    context.start();
    soon().untilAsserted(() -> assertThat(row()).startsWith("succeeded"));
    assertThat(query("select detect_id from progress")).doesNotContainNull();
    addsUp(1);
  }

  static Stream<Exception> failures() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new SocketTimeoutException("Read timed out"),
        new NoHttpResponseException("failed to respond"),
        new IllegalStateException("a bug of the user's"));
  }
}
