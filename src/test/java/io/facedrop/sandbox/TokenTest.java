package io.facedrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest extends TimedSandbox {
  @ParameterizedTest
  @ValueSource(ints = {401, 402, 404, 422, 429, 433, 455, 500, 501, 505, 999})
  void answersTheCodeThatIsAskedFor(int code) {
    JsonNode answer = Caller.json(caller.post(Caller.image("code-" + code)));

    assertThat(answer.path("code").intValue()).isEqualTo(code);
    assertThat(answer.path("message").textValue()).endsWith("(canned by the facedrop sandbox)");
    assertThat(answer.path("data").isObject()).isTrue();
  }

  @Test
  void namesThePublishedCodes() {
    assertThat(caller.post(Caller.image("code-429")).body())
        .isEqualTo(
            """
            {"code":429,"message":"Rate Limited (canned by the facedrop sandbox)","data":{}}""");
  }

  @Test
  void obeysATokenInAFileName() {
    assertThat(Caller.code(caller.post("https://example.com/a/code-500.png"))).isEqualTo(500);
    assertThat(Caller.code(caller.post("https://example.com/a/1.code-500.png"))).isEqualTo(500);
  }

  @Test
  void obeysNoTokenElsewhere() {
    assertThat(Caller.code(caller.post("https://code-500/a.png?b=/code-500/"))).isEqualTo(200);
    assertThat(Caller.code(caller.post(Caller.image("a-code-500/code-5000")))).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"once", "twice", "thrice"})
  void obeysATokenSoManyTimesForEachUrl(String times) {
    int expected =
        switch (times) {
          case "once" -> 1;
          case "twice" -> 2;
          default -> 3;
        };

    for (String url : new String[] {"a", "b"}) {
      String image = Caller.image("code-500-" + times + "/" + url);
      for (int attempt = 0; attempt < expected; attempt++) {
        assertThat(Caller.code(caller.post(image))).isEqualTo(500);
      }
      assertThat(Caller.code(caller.post(image))).isEqualTo(200);
    }
  }

  @Test
  void givesOneAnswerAfterAnother() {
    String image = Caller.image("code-429-once/http-502-twice");

    assertThat(Caller.code(caller.post(image))).isEqualTo(429);
    assertThat(caller.post(image).statusCode()).isEqualTo(502);
    assertThat(caller.post(image).statusCode()).isEqualTo(502);
    assertThat(Caller.code(caller.post(image))).isEqualTo(200);
  }

  @Test
  void answersAsAGateway() {
    HttpResponse<String> response = caller.post(Caller.image("http-502"));

    assertThat(response.statusCode()).isEqualTo(502);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
    assertThat(response.body()).startsWith("<html>");
    assertThat(caller.post(Caller.image("http-204")).statusCode()).isEqualTo(204);
    assertThat(caller.post(Caller.image("http-304")).statusCode()).isEqualTo(304);
  }

  @Test
  void answers503WithoutABody() {
    HttpResponse<String> response = caller.post(Caller.image("http-503"));

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void answersWhatIsNoEnvelope() {
    assertThat(caller.post(Caller.image("not-json")).body()).endsWith("\"detect_task_id\":");
    assertThat(caller.post(Caller.image("empty")).body()).isEmpty();
    assertThat(caller.post(Caller.image("no-code")).body())
        .startsWith("{\"message\":\"success\",\"data\":{\"detect_task_id\":\"sandbox-");
    assertThat(caller.post(Caller.image("no-task-id")).body())
        .isEqualTo("{\"code\":200,\"message\":\"success\",\"data\":{}}");
  }

  @Test
  void answersTheCodeAsAString() {
    assertThat(caller.post(Caller.image("code-string")).body())
        .startsWith(
            "{\"code\":\"200\",\"message\":\"success\",\"data\":{\"detect_task_id\":\"sandbox-");
    assertThat(caller.post(Caller.image("code-string-422")).body())
        .startsWith("{\"code\":\"422\",\"message\":\"Validation Error");
  }

  @Test
  void answersAConstantTaskIdThatHasAResult() {
    String task = caller.taskOf(Caller.image("constant-task-id/1"));

    assertThat(caller.taskOf(Caller.image("constant-task-id/2"))).isEqualTo(task);
    assertThat(status(task)).isEqualTo("succeeded");
  }

  @Test
  void redirects() {
    HttpResponse<String> here = caller.post(Caller.image("redirect"));
    HttpResponse<String> away = caller.post(Caller.image("redirect-308-to-8443"));

    assertThat(here.statusCode()).isEqualTo(302);
    assertThat(here.headers().firstValue("Location")).hasValue("/redirected");
    assertThat(caller.post(Caller.image("redirect-307")).statusCode()).isEqualTo(307);
    assertThat(away.statusCode()).isEqualTo(308);
    assertThat(away.headers().firstValue("Location")).hasValue("http://127.0.0.1:8443/redirected");
  }

  @Test
  void answersMegabytes() {
    HttpResponse<String> response = caller.post(Caller.image("huge"));

    assertThat(response.body()).hasSizeGreaterThan(5_000_000);
    assertThat(Caller.json(response).at("/data/detect_task_id").textValue()).startsWith("sandbox-");
    assertThat(caller.post(Caller.image("huge-20")).body()).hasSizeGreaterThan(20_000_000);
  }

  @Test
  void answersMegabytesInChunks() {
    HttpResponse<String> response = caller.post(Caller.image("huge-chunked-3"));

    assertThat(response.headers().firstValue("Content-Length")).isEmpty();
    assertThat(response.body()).hasSizeGreaterThan(3_000_000);
    assertThat(Caller.json(response).at("/data/detect_task_id").textValue()).startsWith("sandbox-");
  }

  @Test
  void answersADeepNest() {
    assertThat(caller.post(Caller.image("deep")).body())
        .contains("[".repeat(100_000) + "]".repeat(100_000))
        .contains("\"data\":{\"detect_task_id\":\"sandbox-");
  }

  @Test
  void saysWhenToRetry() {
    assertThat(retryAfter("code-429/retry-after-2")).isEqualTo("2");
    assertThat(retryAfter("http-503/retry-after-7")).isEqualTo("7");
    assertThat(retryAfter("code-455/retry-after-date-60"))
        .isEqualTo("Wed, 27 May 2026 12:15:03 GMT");
    assertThat(retryAfter("code-429/retry-after-absurd")).isEqualTo("99999999999999999999");
    assertThat(retryAfter("code-429/retry-after-negative")).isEqualTo("-5");
    assertThat(retryAfter("code-429/retry-after-past")).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
    assertThat(retryAfter("code-429/retry-after-garbage")).isEqualTo("when it suits you");
    assertThat(retryAfter("code-429")).isEmpty();
    assertThat(retryAfter("retry-after-2")).isEmpty();
  }

  @Test
  void describesEveryToken() {
    assertThat(Sandbox.tokens())
        .extracting(Token::name)
        .contains("code-NNN", "hang", "status-never", "result-TOKEN", "TOKEN-once");
    assertThat(Sandbox.tokens()).allMatch(token -> token.description().endsWith("."));
  }

  private String retryAfter(String tokens) {
    return caller.post(Caller.image(tokens)).headers().firstValue("Retry-After").orElse("");
  }

  private String status(String task) {
    return Caller.json(caller.result(task)).at("/data/status").textValue();
  }
}
