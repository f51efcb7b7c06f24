package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DetectFacesTest extends FacesRouteTest {
  @Override
  List<String> flows() {
    return List.of("detect-faces");
  }

  @Override
  String route() {
    return "detect-faces";
  }

  @Override
  String request() {
    return "post-image";
  }

  @Override
  String tokens() {
    return "";
  }

  @Override
  String kept(String code) {
    return "waiting - " + code + " 0";
  }

  @Override
  int requests() {
    return 1;
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
    settlesTheRow(token, row);
  }

  @Test
  void keepsRowsOpenThatAnUnprovenAddressDoesNotKnow() throws Exception {
    accept("https://a.example/code-404/1.png\n".repeat(5));
    context.start();
    soon().until(() -> gate.state().halt().code() == 404);
    soon().until(() -> query("select count(*) from claim").equals(List.of("0")));
    assertThat(sandbox.posts()).isEqualTo(3);
    assertThat(batch().open()).isEqualTo(5);
  }

  @Test
  void keepsARowOpenWhenTheConnectionIsRefused() throws Exception {
    accept("https://a.example/1.png\n");
    sandbox.close();
    context.start();
    soon().untilAsserted(() -> assertThat(row()).isEqualTo("waiting - - 0 0"));
    assertThat(batch().requests()).isZero();
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aStepThatFailsBeforeTheRequestKeepsTheRowOpen(Throwable failure) throws Exception {
    accept("https://a.example/1.png\n");
    failBeforeTheRequest(failure);
    context.start();
    soon().untilAsserted(() -> assertThat(row()).isEqualTo("waiting - - 0 0"));
    if (failure instanceof Exception) {
      assertNoKeyAtTheEnd();
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
    soon().untilAsserted(() -> assertThat(row()).isEqualTo("submitted - 200 1 1"));
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
    soon().untilAsserted(() -> assertThat(row()).isEqualTo("succeeded - 200 1 1"));
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

  @ParameterizedTest
  @CsvSource({"no-code, -", "task-code-433, 433"})
  void keepsTheTaskOfAnAnswerWhoseCodeNobodyKnows(String token, String code) throws Exception {
    work(token);
    soon().untilAsserted(() -> assertThat(row()).isEqualTo("submitted - " + code + " 1 1"));
    addsUp(2);
  }

  @Test
  void sendsTheUrlAloneAsJsonAndKeepsNoKeyBehind() throws Exception {
    accept("https://a.example/%C3%BC?a=1&b=%22\n");
    watchTheKey();
    context.start();
    soon().until(() -> batch().succeeded() == 1);
    assertThat(sandbox.journal())
        .singleElement()
        .satisfies(
            arrival -> {
              assertThat(arrival.method()).isEqualTo("POST");
              assertThat(arrival.path()).isEqualTo("/api/v1/client/job/detect-face-image");
              assertThat(arrival.imageUrl()).isEqualTo("https://a.example/%C3%BC?a=1&b=%22");
            });
    assertNoKeyAtTheEnd();
  }
}
