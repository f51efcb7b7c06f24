package io.facedrop.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.model.Notice;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class EventMessageTest {
  private static final Notice NOTICE =
      new Notice(
          1,
          "an-id",
          Notice.Kind.BATCH_COMPLETE,
          "batch 1 of c\r\nBcc: all@example.com is complete",
          "{\"event\":\"batch complete\"}");

  @Test
  void aFileOrQueueGetsTheJson() throws Exception {
    Exchange exchange = written("kafka:events");

    assertThat(exchange.getMessage().getBody()).isEqualTo(NOTICE.json());
    assertThat(written("file:events").getMessage().getBody()).isEqualTo(NOTICE.json() + "\n");
    assertThat(exchange.getMessage().getHeaders()).isEmpty();
  }

  @Test
  void aWebhookIsToldThatItIsJson() throws Exception {
    Exchange exchange = written("https://hooks.example/x");

    assertThat(exchange.getMessage().getHeaders())
        .containsExactly(
            java.util.Map.entry(Exchange.CONTENT_TYPE, "application/json; charset=utf-8"));
  }

  @Test
  void aMailIsForPeopleAndNoNameBecomesAHeader() throws Exception {
    Exchange exchange = written("smtps://mail.example");

    assertThat(exchange.getMessage().getHeader("Subject"))
        .isEqualTo("facedrop: batch 1 of c Bcc: all@example.com is complete");
    assertThat(exchange.getMessage().getHeader("X-Facedrop-Event-Id")).isEqualTo("an-id");
    assertThat(exchange.getMessage().getBody(String.class))
        .endsWith("{\n  \"event\" : \"batch complete\"\n}\n");
  }

  private static Exchange written(String uri) throws Exception {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(NOTICE);
    new EventMessage(uri).write(exchange);
    return exchange;
  }
}
