package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.Batch;
import io.facedrop.publish.PreparedLedger;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectFacesTest extends RouteTest {
  private static final String PROVEN = "https://a.example/first.png\n";
  private static final String ROW =
      """
      select state || ' ' || coalesce(reason, '-') || ' ' || coalesce(code, '-') || ' '
             || attempts || ' ' || requests
        from progress
       order by id desc
       limit 1
      """;
  private static final String TASK = "select detect_task_id from progress order by id desc limit 1";

  @Override
  List<String> flows() {
    return List.of("detect-faces", "collect-faces");
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
    accept(PROVEN + "https://a.example/" + token + "/second.png\n");
    context.start();
    soon().until(() -> batch().open() == 0);
    assertThat(query(ROW)).containsExactly(row);
    assertThat(query(TASK)).doesNotContainNull();
    assertThat(sandbox.posts()).isEqualTo(2);
    addsUp();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 402, 403, 505})
  void haltsTheGateAndKeepsTheTask(int code) throws Exception {
    accept(PROVEN + "https://a.example/result-code-" + code + "/second.png\n");
    context.start();
    soon().until(() -> gate.state().halted() && query("select 1 from claim").isEmpty());
    assertThat(gate.state().halt().code()).isEqualTo(code);
    assertThat(query(ROW)).containsExactly("submitted - " + code + " 1 2");
    assertThat(query(TASK)).first().asString().startsWith("sandbox-");
    addsUp();
  }

  @ParameterizedTest
  @CsvSource({
    "result-code-429, 429",
    "result-code-455, 455",
    "result-http-503, -",
    "result-code-429/retry-after-60, 429"
  })
  void pausesTheGateAndKeepsTheTask(String token, String code) throws Exception {
    accept(PROVEN + "https://a.example/" + token + "/second.png\n");
    context.start();
    soon()
        .untilAsserted(
            () ->
                assertThat(String.join("", query(ROW)))
                    .matches("submitted - " + code + " 1 [2-9].*"));
    assertThat(query("select detail from event")).anyMatch(it -> it.startsWith("pausing for "));
    context.stop();
    assertThat(query(TASK)).first().asString().startsWith("sandbox-");
    addsUp();
  }

  @Test
  void asksForTheTaskOfTheRowAndKeepsNoKeyBehind() throws Exception {
    accept("https://a.example/1.png\n");
    BlockingQueue<Set<String>> headersAtEnd = new LinkedBlockingQueue<>();
    weave(
        "collect-faces",
        route -> route.weaveById("get-result").before().process(it -> watch(it, headersAtEnd)));
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
    assertThat(headersAtEnd.poll(5, TimeUnit.SECONDS)).isNotNull().doesNotContain("x-api-key");
  }

  @Test
  void keepsAskingForATaskOfWhichTheApiFailsToTell() throws Exception {
    accept(PROVEN + "https://a.example/result-code-500/second.png\n");
    context.start();
    soon()
        .untilAsserted(
            () -> assertThat(String.join("", query(ROW))).matches("submitted - 500 1 [4-9]"));
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
      for (int i = 1; i < polls.size(); i++) {
        assertThat(polls.get(i).nanos() - polls.get(i - 1).nanos())
            .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(i == 1 ? 12 : 22));
      }
    }
    addsUp();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStepThatFailsBeforeTheRequestKeepsTheTask(Exception failure) throws Exception {
    accept("https://a.example/1.png\n");
    BlockingQueue<Set<String>> headersAtEnd = new LinkedBlockingQueue<>();
    weave(
        "collect-faces",
        route ->
            route
                .weaveById("get-result")
                .before()
                .process(
                    exchange -> {
                      watch(exchange, headersAtEnd);
                      throw failure;
                    }));
    context.start();
    assertThat(headersAtEnd.poll(5, TimeUnit.SECONDS)).isNotNull().doesNotContain("x-api-key");
    soon().untilAsserted(() -> assertThat(query(ROW)).containsExactly("submitted - - 1 1"));
    assertThat(query(TASK)).first().asString().startsWith("sandbox-");
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
    soon().untilAsserted(() -> assertThat(query(ROW)).first().asString().startsWith("succeeded"));
    assertThat(query("select detect_id from progress")).doesNotContainNull();
    addsUp();
  }

  static Stream<Exception> failures() {
    return Stream.of(
        new ConnectException("Connection refused"),
        new SocketTimeoutException("Read timed out"),
        new NoHttpResponseException("failed to respond"),
        new IllegalStateException("a bug of the user's"));
  }

  private void accept(String lines) throws IOException {
    prepared.accept(PreparedLedger.manifest(home.resolve("m.txt"), lines));
  }

  /** Leaves the names of the headers that are there at the exchange's end. */
  private static void watch(Exchange exchange, BlockingQueue<Set<String>> headersAtEnd) {
    assertThat(exchange.getMessage().getHeader("x-api-key")).isEqualTo(KEY);
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                headersAtEnd.add(Set.copyOf(done.getMessage().getHeaders().keySet()));
              }
            });
  }

  private Batch batch() {
    return ledger.newestBatches(1).get(0);
  }

  private long requested() {
    return sandbox.posts() + sandbox.results();
  }

  private void addsUp() {
    Batch batch = batch();
    assertThat(batch.succeeded() + batch.dead() + batch.open()).isEqualTo(batch.rows());
    assertThat(requested()).isEqualTo(batch.requests());
  }
}
