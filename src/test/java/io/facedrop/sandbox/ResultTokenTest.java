package io.facedrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResultTokenTest extends TimedSandbox {
  @Test
  void findsAsManyFacesAsAskedFor() {
    assertThat(finished("faces-0").at("/data/result/faces")).isEmpty();
    assertThat(finished("faces-40").at("/data/result/faces")).hasSize(40);
    assertThat(finished("faces-99999").at("/data/result/faces")).hasSize(46_655);
  }

  @Test
  void letsATaskFail() {
    JsonNode answer = finished("status-failed");

    assertThat(answer.path("code").intValue()).isEqualTo(200);
    assertThat(answer.at("/data/status").textValue()).isEqualTo("failed");
    assertThat(answer.at("/data/error").textValue())
        .isEqualTo("the sandbox was told to fail this task");
  }

  @Test
  void letsATaskRunForEver() {
    assertThat(finished("status-never").at("/data/status").textValue()).isEqualTo("processing");
  }

  @Test
  void answersUnknownStatusWords() {
    String task = caller.taskOf(Caller.image("status-unknown"));

    assertThat(status(task)).isEqualTo("queued");
    clock.forward(Duration.ofSeconds(1));
    assertThat(status(task)).isEqualTo("succeeded");
    assertThat(finished("status-unknown-forever").at("/data/status").textValue())
        .isEqualTo("queued");
  }

  @Test
  void answersTheQueryOfTheResultByTheTokenOfItsTask() {
    assertThat(finished("result-code-501").path("code").intValue()).isEqualTo(501);
    assertThat(result("result-not-json").body()).startsWith("{\"code\":200,");
    assertThat(result("result-no-code").body()).startsWith("{\"message\":\"success\",\"data\":{");
    assertThat(result("result-http-502").statusCode()).isEqualTo(502);
    assertThat(result("result-code-429/result-retry-after-3").headers().firstValue("Retry-After"))
        .hasValue("3");
  }

  @Test
  void obeysATokenOfTheResultSoManyTimes() {
    String task = caller.taskOf(Caller.image("result-code-500-once"));

    assertThat(Caller.code(caller.result(task))).isEqualTo(500);
    assertThat(Caller.code(caller.result(task))).isEqualTo(200);
  }

  private HttpResponse<String> result(String tokens) {
    return caller.result(caller.taskOf(Caller.image(tokens)));
  }

  private JsonNode finished(String tokens) {
    String task = caller.taskOf(Caller.image(tokens));
    clock.forward(Duration.ofSeconds(1));
    return Caller.json(caller.result(task));
  }

  private String status(String task) {
    return Caller.json(caller.result(task)).at("/data/status").textValue();
  }
}
