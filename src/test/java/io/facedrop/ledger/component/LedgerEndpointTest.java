package io.facedrop.ledger.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.manifest.Format;
import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.Row;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class LedgerEndpointTest {
  @TempDir Path directory;
  private LedgerContext context;

  @BeforeEach
  void open() throws Exception {
    context = new LedgerContext(directory);
  }

  @AfterEach
  void close() {
    context.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "direct:a                      | ledger:suceeded              | ledger:suceeded is not known;"
            + " known are claim-pending, claim-submitted, publish, events, add, accept, discard, submitted,"
            + " running, succeeded, dead-letter, not-found, retry, pause, halt, in-doubt,"
            + " unreachable",
        "direct:a                      | ledger:retry                 | ledger:retry needs the option"
            + " reason",
        "direct:a                      | ledger:dead-letter           | ledger:dead-letter needs the"
            + " option reason",
        "direct:a                      | ledger:dead-letter?reason=NO | NO",
        "direct:a                      | ledger:claim-pending         | ledger:claim-pending can only"
            + " be consumed from",
        "direct:a                      | ledger:publish               | ledger:publish can only be"
            + " consumed from",
        "ledger:succeeded              | direct:a                     | ledger:succeeded can only be"
            + " sent to",
        "ledger:accept                 | direct:a                     | ledger:accept can only be sent"
            + " to",
        "ledger:publish?interval=0     | direct:a                     | ledger:publish needs an"
            + " interval above 0 but it is PT0S",
        "ledger:claim-pending?workers=3 | direct:a                    | workers=3",
      })
  void wrongUseIsRefusedAtTheStart(String from, String to, String message) {
    assertThatThrownBy(
            () ->
                context
                    .route(
                        new RouteBuilder() {
                          @Override
                          public void configure() {
                            from(from).to(to);
                          }
                        })
                    .start())
        .satisfies(
            failure ->
                assertThat(failure)
                    .extracting(LedgerEndpointTest::allMessages)
                    .asString()
                    .contains(message));
  }

  @Test
  void contextWithoutALedgerIsRefused() {
    try (DefaultCamelContext empty = new DefaultCamelContext()) {
      assertThatThrownBy(() -> empty.getEndpoint("ledger:succeeded"))
          .satisfies(failure -> assertThat(allMessages(failure)).contains("Ledger"));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void manifestBecomesABatch() {
    long loading = begin();

    Exchange accepted =
        send(
            "ledger:add",
            exchange -> {
              exchange.setVariable(LedgerConstants.LOADING, loading);
              exchange
                  .getMessage()
                  .setBody(new RowGroup(0, List.of(new Row(2, "https://x/1", "", "", null, null))));
            },
            "ledger:accept");

    Batch batch = accepted.getVariable(LedgerConstants.BATCH, Batch.class);
    assertThat(batch.rows()).isEqualTo(1);
    assertThat(context.bench.ledger.openBatches()).containsExactly(batch);
  }

  @Test
  void discardRemovesWhatWasBegunAndNothingElse() {
    long loading = begin();
    Batch batch = context.bench.batch(1);

    send(
        "ledger:discard",
        exchange -> exchange.setVariable(LedgerConstants.LOADING, loading),
        "log:done");
    send("ledger:discard", exchange -> {}, "log:done");

    assertThat(context.bench.see("select count(*) from batch")).isEqualTo(1);
    assertThat(context.bench.ledger.openBatches()).containsExactly(batch);
  }

  @ParameterizedTest
  @CsvSource({"ledger:add", "ledger:accept"})
  void acceptanceWithoutABegunManifestSaysSo(String uri) {
    Exchange exchange = send(uri, unset -> {}, "log:done");

    assertThat(exchange.getException())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(uri + " needs the variable loading, the number of the manifest being read");
  }

  private long begin() {
    return context
        .bench
        .ledger
        .acceptance()
        .begin(
            new NewBatch(
                new ManifestName("cats.csv", "cats", Format.CSV, false),
                "",
                Path.of("/inbox/cats.csv"),
                false,
                new Layout(Format.CSV, ',', "image_url"),
                LedgerBench.SHA256));
  }

  private Exchange send(String first, org.apache.camel.Processor before, String second) {
    try {
      String name = "direct:" + java.util.UUID.randomUUID();
      context.route(
          new RouteBuilder() {
            @Override
            public void configure() {
              from(name).errorHandler(noErrorHandler()).to(first).to(second);
            }
          });
      context.start();
      ProducerTemplate template = context.camel.createProducerTemplate();
      return template.send(
          name,
          exchange -> {
            exchange.setVariable(LedgerConstants.SHA256, LedgerBench.SHA256);
            before.process(exchange);
          });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String allMessages(Throwable failure) {
    StringBuilder messages = new StringBuilder();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      messages.append(cause.getMessage()).append('\n');
    }
    return messages.toString();
  }
}
