package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.answer.Answer;
import io.facedrop.api.answer.AnswerReader;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class ReadBalanceTest extends RouteTest {
  @Override
  List<String> flows() {
    return List.of("read-balance");
  }

  @Test
  void readsTheBalance() {
    sandbox.credits(42);
    Exchange exchange = ask();
    Answer answer = exchange.getVariable(AnswerReader.ANSWER, Answer.class);
    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.data().path("balance").asDouble()).isEqualTo(42);
    assertThat(sandbox.balances()).isEqualTo(1);
    assertThat(sandbox.posts()).isZero();
    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("x-api-key");
  }

  @Test
  void tellsARefusedKey() {
    sandbox.acceptKeys(Set.of("another"));
    assertThat(ask().getVariable(AnswerReader.CODE)).isEqualTo(401);
  }

  @Test
  void failsWithoutTheKeyWhenTheApiCannotBeReached() {
    sandbox.close();
    Exchange exchange = ask();
    assertThat(exchange.getException()).isInstanceOf(java.net.ConnectException.class);
    assertThat(exchange.getMessage().getHeaders()).doesNotContainKey("x-api-key");
  }

  private Exchange ask() {
    context.start();
    return template.send("direct:read-balance", request -> {});
  }
}
