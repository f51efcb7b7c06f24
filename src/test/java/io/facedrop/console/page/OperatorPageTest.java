package io.facedrop.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.config.SettingsReader;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.RowHistoryBench;
import io.facedrop.ledger.model.Batch;
import io.facedrop.operator.Survey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages as they leave, without the server before them. */
class OperatorPageTest {
  private static final String HOSTILE = "\"><img src=x onerror=alert(1)>\u202Ecsv.csv";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock(LedgerBench.START);
  private LedgerBench bench;
  private Survey survey;

  @BeforeEach
  void open() throws Exception {
    bench = LedgerBench.with(folder, clock);
    survey = new Survey(SettingsReader.read(Map.of()), bench.ledger, clock, Optional.<Path>empty());
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatComesFromOthersIsOnlyText() {
    Batch batch = bench.batch(HOSTILE, List.of("https://x.example/<script>alert(2)</script>"));
    RowHistoryBench.dead(bench, "<b>&message</b>");

    for (String page :
        List.of(overview(), batch("/batch/" + batch.id()), row("row=" + batch.id() + "%3A2"))) {
      assertThat(page)
          .contains("&lt;img src")
          .doesNotContain("<img", "<script>alert", "<b>&message", "\u202E");
    }
    assertThat(row("row=" + batch.id() + ":2"))
        .contains("&lt;script&gt;alert(2)", "&lt;b&gt;&amp;message");
  }

  @Test
  void showsHowFarABatchIs() {
    Batch batch = bench.batch(4);
    RowHistoryBench.dead(bench, "bad");

    assertThat(overview())
        .contains("href=\"/batch/" + batch.id() + "\"", "<b>25 %</b> of 4 rows")
        .contains("0 succeeded · 1 dead letter · 3 open");
    assertThat(batch("/batch/" + batch.id()))
        .contains("VALIDATION_ERROR", "href=\"/row?row=" + batch.id() + ":2\"", ">bad<");
  }

  @Test
  void saysThatThereIsNoSuchThing() {
    Exchange missing = answered(exchange -> page(exchange, "/batch/20260527T131404Z-00000000"));
    assertThat(missing.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
    for (String asked : List.of("", "row=", "row=%", "row=x:1", "row=" + "9".repeat(500))) {
      assertThat(row(asked)).contains("No row is found");
    }
  }

  private String overview() {
    return text(answered(new OverviewPage(() -> survey.overview("7", 10))::show));
  }

  private String batch(String path) {
    return text(answered(exchange -> page(exchange, path)));
  }

  private void page(Exchange exchange, String path) {
    exchange.getMessage().setHeader(Exchange.HTTP_PATH, path);
    new BatchPage(bench.ledger, batch -> survey.progress(batch, "7"), clock).show(exchange);
  }

  private String row(String query) {
    return text(
        answered(
            exchange -> {
              exchange.getMessage().setHeader(Exchange.HTTP_QUERY, query);
              new RowPage(bench.ledger).show(exchange);
            }));
  }

  private static Exchange answered(Consumer<Exchange> page) {
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    page.accept(exchange);
    return exchange;
  }

  private static String text(Exchange exchange) {
    return new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8);
  }
}
