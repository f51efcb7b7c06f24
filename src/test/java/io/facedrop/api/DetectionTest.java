package io.facedrop.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.AnswerReader;
import io.facedrop.api.answer.Detection;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of the answer to a question for a task's result. */
class DetectionTest {
  private static final String KEY = "key-7f3a91c2";

  private final AnswerReader reader = new AnswerReader(KEY);

  @Test
  void facesAreKeptAsTheyAre() {
    String faces = "[{\"z\":1.50,\"landmarks\":[[1,2],[3,4]],\"a\":null},{\"unknown\":\"é🙂\"}]";

    Answer answer = succeeded("{\"id\":\"m1oZ\",\"status\":\"succeed\",\"faces\":" + faces + "}");

    assertThat(answer.status()).isEqualTo("succeeded");
    assertThat(answer.detection())
        .isEqualTo(
            new Detection(
                "m1oZ",
                2,
                "[{\"z\":1.50,\"landmarks\":[[1,2],[3,4]],\"a\":null},{\"unknown\":\"é🙂\"}]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]"})
  void imageWithoutFacesIsASuccess(String faces) {
    assertThat(succeeded("{\"id\":\"m1\",\"faces\":" + faces + "}").detection())
        .isEqualTo(new Detection("m1", 0, "[]"));
  }

  @Test
  void idMayBeANumber() {
    assertThat(succeeded("{\"id\":17,\"faces\":[]}").detection().detectId()).isEqualTo("17");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "\"faces\"",
        "{}",
        "{\"id\":\"m1\"}",
        "{\"id\":\"m1\",\"faces\":{}}",
        "{\"id\":\"m1\",\"faces\":\"[]\"}",
        "{\"id\":\"m1\",\"faces\":0}",
        "{\"faces\":[]}",
        "{\"id\":null,\"faces\":[]}",
        "{\"id\":\" \",\"faces\":[]}",
        "{\"id\":{},\"faces\":[]}"
      })
  void resultThatCannotBeReadIsNone(String result) {
    Answer answer = succeeded(result);

    assertThat(answer.status()).isEqualTo("succeeded");
    assertThat(answer.detection()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"processing\"", "\"failed\"", "\"Succeeded\"", "\"succeed\"", "null"})
  void facesOfATaskThatHasNotSucceededAreNone(String status) {
    assertThat(
            data("{\"status\":" + status + ",\"result\":{\"id\":\"m1\",\"faces\":[]}}").detection())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"status\":null}", "{\"status\":1}", "{\"status\":{}}", "[]"})
  void statusThatIsNoTextIsNone(String data) {
    assertThat(data(data).status()).isNull();
    assertThat(processed("{\"code\":200,\"data\":" + data + "}").getVariable("status")).isNull();
  }

  @Test
  void missingDataIsNoStatus() {
    assertThat(read("{\"code\":200}").status()).isNull();
    assertThat(read("{\"code\":200}").detection()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':'no image'}                                       | no image",
        "{'error':{'code':7,'why':'blurred'}}                       | {'code':7,'why':'blurred'}",
        "{'result':{'error':'no image'}}                            | no image",
        "{'error':null,'result':{'error':'inner'}}                  | inner",
        "{'error':'','result':{'error':'inner'}}                    | inner",
        "{'error':' ','result':{'error':{}}}                        | the task ended as failed, without a reason",
        "{'error':'outer','result':{'error':'inner'}}               | outer",
        "{'error':{},'result':{'error':['a']}}                      | ['a']",
        "{'error':null,'result':null}                               | the task ended as failed, without a reason",
        "{'result':{'error':null}}                                  | the task ended as failed, without a reason",
        "{'error':17}                                               | 17"
      })
  void errorOfATaskSaysMoreThanTheMessage(String data, String words) {
    String failed = data.replace('\'', '"').replaceFirst("\\{", "{\"status\":\"failed\",");

    assertThat(data(failed).message()).isEqualTo(words.replace('\'', '"'));
  }

  @Test
  void errorIsShortened() {
    assertThat(data("{\"error\":\"" + "x".repeat(900) + "\"}").message())
        .isEqualTo("x".repeat(500) + "…");
    assertThat(data("{\"error\":{\"a\":\"" + "x".repeat(900) + "\"}}").message()).hasSize(501);
  }

  @Test
  void shortKeyOfASandboxDoesNotSpoilIdsAndLinks() {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange
        .getMessage()
        .setBody(
            "{\"code\":200,\"data\":{\"detect_task_id\":\"dk\",\"status\":\"succeeded\",\"result\":{\"id\":\"mk\",\"faces\":[{\"link\":\"https://k\"}]}}}"
                .getBytes(UTF_8));

    new AnswerReader("k").process(exchange);

    assertThat(exchange.getVariable(AnswerReader.DETECT_TASK_ID)).isEqualTo("dk");
    assertThat(exchange.getVariable(AnswerReader.DETECTION))
        .isEqualTo(new Detection("mk", 1, "[{\"link\":\"https://k\"}]"));
  }

  @Test
  void keyIsKeptOutOfErrorsFacesAndStatus() {
    assertThat(data("{\"error\":{\"key\":\"" + KEY + "\"}}").message())
        .isEqualTo("{\"key\":\"***\"}");
    Exchange exchange =
        processed(
            "{\"code\":200,\"data\":{\"status\":\"succeeded\",\"result\":{\"id\":\"m"
                + "1\",\"faces\":[{\"by\":\""
                + KEY
                + "\"}]}}}");

    assertThat(exchange.getVariable(AnswerReader.DETECTION))
        .isEqualTo(new Detection("m1", 1, "[{\"by\":\"***\"}]"));
    assertThat(succeeded("{\"id\":\"m" + KEY + "\",\"faces\":[]}").detection())
        .as("an id that nobody could use")
        .isNull();
    assertThat(data("{\"detect_task_id\":\"" + KEY + "\"}").detectTaskId()).isNull();
    String status = KEY + "x".repeat(900);
    assertThat(
            processed("{\"code\":200,\"data\":{\"status\":\"" + status + "\"}}")
                .getVariable(AnswerReader.STATUS))
        .isEqualTo("***" + "x".repeat(497) + "…");
  }

  @Test
  void variablesAreThereForTheRoute() {
    Exchange exchange =
        processed(
            "{\"code\":200,\"data\":{\"status\":\"succeeded\",\"result\":{\"id\":\"m1\",\"faces\":[]}}}");

    assertThat(exchange.getVariable(AnswerReader.STATUS)).isEqualTo("succeeded");
    assertThat(exchange.getVariable(AnswerReader.DETECTION))
        .isEqualTo(new Detection("m1", 0, "[]"));
  }

  private Exchange processed(String body) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
    exchange.getMessage().setBody(body.getBytes(UTF_8));
    reader.process(exchange);
    return exchange;
  }

  private Answer succeeded(String result) {
    return data("{\"status\":\"succeeded\",\"result\":" + result + "}");
  }

  private Answer data(String data) {
    return read("{\"code\":200,\"message\":\"success\",\"data\":" + data + "}");
  }

  private Answer read(String body) {
    return reader.read(200, body.getBytes(UTF_8), null);
  }
}
