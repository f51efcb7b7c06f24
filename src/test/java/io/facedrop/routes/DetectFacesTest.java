package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.Batch;
import io.facedrop.publish.PreparedLedger;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DetectFacesTest extends RouteTest {
  private static final String PROVEN = "https://a.example/first.png\n";
  private static final String ROW =
      """
      select state || ' ' || coalesce(reason, '-') || ' ' || coalesce(code, '-') || ' '
             || attempts || ' ' || requests
        from progress
       order by id desc
       limit 1
      """;

  @Override
  List<String> flows() {
    return List.of("detect-faces");
  }

  @ParameterizedTest
  @CsvSource({
    "a,               succeeded - 200 1 1",
    "code-string,     succeeded - 200 1 1",
    "code-404,        dead NOT_FOUND 404 1 1",
    "code-422,        dead VALIDATION_ERROR 422 1 1",
    "code-string-422, dead VALIDATION_ERROR 422 1 1",
    "code-500,        dead SERVER_ERROR 500 2 2",
    "code-500-once,   succeeded - 200 2 2",
    "code-501,        dead GENERATION_FAILED 501 1 1",
    "code-433,        dead IN_DOUBT 433 1 1",
    "no-task-id,      dead IN_DOUBT 200 1 1",
    "not-json,        dead IN_DOUBT - 1 1",
    "empty,           dead IN_DOUBT - 1 1",
    "redirect,        dead IN_DOUBT - 1 1",
    "http-422,        dead VALIDATION_ERROR - 1 1",
    "http-502,        dead IN_DOUBT - 1 1",
    "reset,           dead IN_DOUBT - 1 1",
    "reset-mid,       dead IN_DOUBT - 1 1",
    "hang,            dead IN_DOUBT - 1 1"
  })
  void settlesARowByTheCodeOfItsAnswer(String token, String row) throws Exception {
    accept(PROVEN + "https://a.example/" + token + "/second.png\n");
    context.start();
    soon().until(() -> ledger.newestBatches(1).get(0).open() == 0);
    assertThat(query(ROW)).containsExactly(row);
    addsUp(2);
  }

  @ParameterizedTest
  @CsvSource({"401, 401", "402, 402", "403, 403", "505, 505"})
  void haltsTheGateAndKeepsTheRowOpen(int code, int halted) throws Exception {
    accept(PROVEN + "https://a.example/code-" + code + "/second.png\n");
    context.start();
    soon().until(() -> gate.state().halted() && sandbox.posts() == requests());
    assertThat(gate.state().halt().code()).isEqualTo(halted);
    // Another worker may have had it in hand by a permit from before, and given it back unsent.
    assertThat(String.join("", query(ROW))).matches("waiting - (" + code + "|-) 0 1");
    addsUp(2);
  }

  @ParameterizedTest
  @CsvSource({"code-429, 429", "code-455, 455", "http-503, -", "code-429/retry-after-60, 429"})
  void pausesTheGateAndKeepsTheRowOpen(String token, String code) throws Exception {
    accept(PROVEN + "https://a.example/" + token + "/second.png\n");
    context.start();
    soon()
        .untilAsserted(
            () ->
                assertThat(String.join("", query(ROW)))
                    .matches("waiting - " + code + " 0 [1-9].*"));
    // The gate keeps its events in its own time, after the row's verdict.
    soon()
        .untilAsserted(
            () ->
                assertThat(query("select detail from event"))
                    .anyMatch(it -> it.startsWith("pausing for ")));
    context.stop();
    addsUp(2);
  }

  @Test
  void keepsRowsOpenThatAnUnprovenAddressDoesNotKnow() throws Exception {
    accept("https://a.example/code-404/1.png\n".repeat(5));
    context.start();
    soon().until(() -> gate.state().halt().code() == 404);
    soon().until(() -> query("select count(*) from claim").equals(List.of("0")));
    assertThat(sandbox.posts()).isEqualTo(3);
    assertThat(ledger.newestBatches(1).get(0).open()).isEqualTo(5);
  }

  @Test
  void keepsARowOpenWhenTheConnectionIsRefused() throws Exception {
    accept("https://a.example/1.png\n");
    sandbox.close();
    context.start();
    soon().untilAsserted(() -> assertThat(query(ROW)).containsExactly("waiting - - 0 0"));
    assertThat(ledger.newestBatches(1).get(0).requests()).isZero();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStepThatFailsBeforeTheRequestKeepsTheRowOpen(Throwable failure) throws Exception {
    accept("https://a.example/1.png\n");
    BlockingQueue<Set<String>> headersAtEnd = new LinkedBlockingQueue<>();
    weave(
        "detect-faces",
        route ->
            route
                .weaveById("post-image")
                .before()
                .process(
                    exchange -> {
                      watch(exchange, headersAtEnd);
                      exchange.setProperty(Exchange.TO_ENDPOINT, "something of the user's");
                      throwAny(failure);
                    }));
    context.start();
    soon().untilAsserted(() -> assertThat(query(ROW)).containsExactly("waiting - - 0 0"));
    if (failure instanceof Exception) {
      assertThat(headersAtEnd.poll(5, TimeUnit.SECONDS)).isNotNull().doesNotContain("x-api-key");
    }
    assertThat(sandbox.posts()).isZero();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStepThatFailsBehindTheAnswerKeepsTheTask(Throwable failure) throws Exception {
    accept("https://a.example/1.png\n");
    weave(
        "detect-faces",
        route -> route.weaveById("read-answer").before().process(exchange -> throwAny(failure)));
    context.start();
    soon().untilAsserted(() -> assertThat(query(ROW)).containsExactly("submitted - 200 1 1"));
    assertThat(query("select detect_task_id from progress"))
        .first()
        .asString()
        .startsWith("sandbox-");
    assertThat(sandbox.posts()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStepThatFailsAfterTheBranchChangesNothing(Throwable failure) throws Exception {
    accept("https://a.example/1.png\n");
    weave(
        "detect-faces",
        route -> route.weaveById("branch-on-code").after().process(exchange -> throwAny(failure)));
    context.start();
    soon().untilAsserted(() -> assertThat(query(ROW)).containsExactly("succeeded - 200 1 1"));
    assertThat(sandbox.posts()).isEqualTo(1);
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new UnknownHostException("hook.example"),
        new ConnectException("Connection refused"),
        new SSLHandshakeException("certificate expired"),
        new ConnectTimeoutException("Connect timed out"),
        new SocketTimeoutException("Read timed out"),
        new NoHttpResponseException("failed to respond"),
        new IOException("Broken pipe"),
        new IllegalStateException("a bug of the user's"),
        new StackOverflowError("another"));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwAny(Throwable failure) throws T {
    throw (T) failure;
  }

  @ParameterizedTest
  @CsvSource({"no-code, -", "task-code-433, 433"})
  void keepsTheTaskOfAnAnswerWhoseCodeNobodyKnows(String token, String code) throws Exception {
    accept(PROVEN + "https://a.example/" + token + "/second.png\n");
    context.start();
    soon()
        .untilAsserted(
            () -> assertThat(query(ROW)).containsExactly("submitted - " + code + " 1 1"));
    addsUp(2);
  }

  @Test
  void sendsTheUrlAloneAsJsonAndKeepsNoKeyBehind() throws Exception {
    accept("https://a.example/%C3%BC?a=1&b=%22\n");
    BlockingQueue<Set<String>> headersAtEnd = new LinkedBlockingQueue<>();
    weave(
        "detect-faces",
        route -> route.weaveById("post-image").before().process(it -> watch(it, headersAtEnd)));
    context.start();
    soon().until(() -> ledger.newestBatches(1).get(0).succeeded() == 1);
    assertThat(sandbox.journal())
        .singleElement()
        .satisfies(
            arrival -> {
              assertThat(arrival.method()).isEqualTo("POST");
              assertThat(arrival.path()).isEqualTo("/api/v1/client/job/detect-face-image");
              assertThat(arrival.imageUrl()).isEqualTo("https://a.example/%C3%BC?a=1&b=%22");
            });
    assertThat(headersAtEnd.poll(5, TimeUnit.SECONDS)).isNotNull().doesNotContain("x-api-key");
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

  private long requests() {
    return ledger.newestBatches(1).get(0).requests();
  }

  private void addsUp(long rows) {
    Batch batch = ledger.newestBatches(1).get(0);
    assertThat(batch.rows()).isEqualTo(rows);
    assertThat(batch.succeeded() + batch.dead() + batch.open()).isEqualTo(rows);
    assertThat(sandbox.posts()).isEqualTo(batch.requests());
  }
}
