package io.facedrop.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.AnswerReader;
import java.io.ByteArrayInputStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
  private static final String KEY = "key-7f3a91c2";

  private final AnswerReader reader = new AnswerReader(KEY);

  @Test
  void readsTheEnvelope() {
    Answer answer =
        reader.read(
            200,
            bytes(
                "{\"code\": 200, \"message\": \"success\","
                    + " \"data\": {\"detect_task_id\": \"dit60yt8reqplt1c16\"}}"),
            null);

    assertThat(answer.httpStatus()).isEqualTo(200);
    assertThat(answer.bodyCode()).isEqualTo(200);
    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.message()).isEqualTo("success");
    assertThat(answer.detectTaskId()).isEqualTo("dit60yt8reqplt1c16");
    assertThat(answer.retryAfter()).isNull();
  }

  @Test
  void readsAStreamAndKeepsRetryAfter() {
    Answer answer =
        reader.read(200, new ByteArrayInputStream(bytes("{\"code\":429}")), "Wed, never");

    assertThat(answer.code()).isEqualTo(429);
    assertThat(answer.retryAfter()).isEqualTo("Wed, never");
  }

  @Test
  void believesTheBodyRatherThanTheStatus() {
    assertThat(read(500, "{\"code\":200}").code()).isEqualTo(200);
    assertThat(read(200, "{\"code\":401}").code()).isEqualTo(401);
    assertThat(read(502, "{\"code\":433}").code()).isEqualTo(433);
  }

  @Test
  void saysWhatA422FindsWrong() {
    assertThat(
            read(422, "{\"code\":422,\"message\":\"invalid\",\"errors\":[\"a\",\"b\"]}").message())
        .isEqualTo("invalid: a; b");
    assertThat(read(422, "{\"code\":422,\"errors\":[\"a\"]}").message()).isEqualTo("a");
    assertThat(read(422, "{\"code\":422,\"message\":\"invalid\",\"errors\":[]}").message())
        .isEqualTo("invalid");
  }

  @ParameterizedTest
  @CsvSource({"429, 8, 429", "503, 14, 455", "401, 16, 401", "403, 1015, 403"})
  void believesTheStatusRatherThanACodeThatIsNoneOfTheApis(int status, int foreign, int code) {
    Answer answer = read(status, "{\"code\":" + foreign + "}");

    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.bodyCode()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"422, 422", "'\"422\"', 422", "'\" 422 \"', 422", "422.0, 422", "433, 433", "-1, -1"})
  void readsNumbersHoweverTheyAreWritten(String written, int code) {
    assertThat(read(200, "{\"code\":" + written + "}").bodyCode()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "200",
        "\"text\"",
        "{\"code\":null}",
        "{\"code\":true}",
        "{\"code\":\"\"}",
        "{\"code\":\"OK\"}",
        "{\"code\":\"-200\"}",
        "{\"code\":200.5}",
        "{\"code\":1e400}",
        "{\"code\":99999999999999999999}",
        "{\"code\":\"99999999999999999999\"}",
        "{\"code\":{}}",
        "{\"code\":200,\"data\":",
        "<html>502</html>",
        ""
      })
  void findsNoCodeWhereThereIsNone(String body) {
    Answer answer = read(200, body);

    assertThat(answer.bodyCode()).isNull();
    assertThat(answer.code()).isEqualTo(Answer.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "401, 401",
    "402, 402",
    "404, 404",
    "422, 422",
    "429, 429",
    "500, 500",
    "501, 501",
    "505, 505",
    "503, 455",
    "455, 0",
    "200, 0",
    "204, 0",
    "302, 0",
    "400, 0",
    "403, 403",
    "408, 0",
    "502, 0",
    "504, 0",
    "0, 0"
  })
  void letsTheStatusStandInForAMissingCode(int status, int code) {
    Answer answer = read(status, "<html>gateway</html>");

    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.bodyCode()).isNull();
    assertThat(answer.message()).isEmpty();
    assertThat(answer.detectTaskId()).isNull();
    assertThat(reader.read(status, null, null).code()).isEqualTo(code);
  }

  @Test
  void survivesDeepJson() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    assertThat(read(200, "{\"code\":200,\"deep\":" + deep + "}").code()).isEqualTo(Answer.NONE);
    assertThat(read(200, "{\"deep\":" + "{\"a\":".repeat(100_000)).code()).isEqualTo(Answer.NONE);
  }

  @Test
  void shortensHugeMessages() {
    assertThat(message("x".repeat(500))).isEqualTo("x".repeat(500));
    assertThat(message("x".repeat(900_000))).isEqualTo("x".repeat(500) + "…");
  }

  @Test
  void neverCutsACharacterInHalf() {
    assertThat(message("x".repeat(499) + "🙂🙂")).isEqualTo("x".repeat(499) + "…");
  }

  @Test
  void keepsTheKeyOutOfMessages() {
    assertThat(message("key '" + KEY + "' or " + KEY + " is invalid"))
        .isEqualTo("key '***' or *** is invalid");
    assertThat(message("x".repeat(495) + KEY)).isEqualTo("x".repeat(495) + "***");
    assertThat(new AnswerReader("").read(200, bytes("{\"message\":\"as it is\"}"), null).message())
        .isEqualTo("as it is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"code\":200}", "{\"code\":200,\"message\":{\"a\":1}}"})
  void takesAMissingMessageAsEmpty(String body) {
    assertThat(read(200, body).message()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"'\"dit60\"', dit60", "123, 123", "12345678901234567890, 12345678901234567890"})
  void readsTaskIds(String written, String id) {
    assertThat(taskId(written)).isEqualTo(id);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"null", "\"\"", "\"  \"", "{}", "[\"dit60\"]", "false", "true", "1.5"})
  void findsNoTaskIdInAnythingElse(String written) {
    assertThat(taskId(written)).isNull();
  }

  @Test
  void findsNoTaskIdInDataThatIsNoObject() {
    assertThat(read(200, "{\"code\":200,\"data\":[]}").detectTaskId()).isNull();
    assertThat(read(200, "{\"code\":200,\"data\":\"dit60\"}").detectTaskId()).isNull();
    assertThat(read(200, "{\"code\":200,\"data\":null}").detectTaskId()).isNull();
  }

  @Test
  void leavesVariablesForTheRoute() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 503);
    exchange.getMessage().setHeader("Retry-After", "7");

    reader.process(exchange);

    assertThat(exchange.getVariable(AnswerReader.CODE)).isEqualTo(455);
    assertThat(exchange.getVariable(AnswerReader.DETECT_TASK_ID)).isNull();
    assertThat(exchange.getVariable(AnswerReader.ANSWER, Answer.class).retryAfter()).isEqualTo("7");
  }

  @Test
  void takesAMissingStatusAsNone() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    reader.process(exchange);

    assertThat(exchange.getVariable(AnswerReader.CODE)).isEqualTo(Answer.NONE);
  }

  private String taskId(String written) {
    String data = written == null ? "{}" : "{\"detect_task_id\":" + written + "}";
    return read(200, "{\"code\":200,\"data\":" + data + "}").detectTaskId();
  }

  private String message(String text) {
    return read(200, "{\"code\":422,\"message\":\"" + text + "\"}").message();
  }

  private Answer read(int status, String body) {
    return reader.read(status, bytes(body), null);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
