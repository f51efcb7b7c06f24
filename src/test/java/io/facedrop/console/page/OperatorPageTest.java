package io.facedrop.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.console.door.Role;
import io.facedrop.console.door.Visitor;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.RowHistoryBench;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.RejectedManifest;
import io.facedrop.manifest.url.UrlRule;
import io.facedrop.operator.Redrop;
import io.facedrop.operator.Survey;
import io.facedrop.operator.Uploads;
import io.facedrop.operator.Uploads.Upload;
import io.facedrop.operator.UrlSearch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
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
  private Uploads uploads;
  private Redrops redrops;

  @BeforeEach
  void open() throws Exception {
    bench = LedgerBench.with(folder, clock);
    Settings settings =
        SettingsReader.read(Map.of("facedrop.inbox", folder.resolve("inbox").toString()));
    survey = new Survey(settings, bench.ledger, clock, Optional.<Path>empty());
    uploads = new Uploads(settings, bench.ledger, bench.ledger);
    redrops = new Redrops(bench.ledger, new Redrop(bench.ledger, settings.inbox().directory()));
  }

  @AfterEach
  void close() {
    // The overview draws its plots beside whoever looks.
    ForkJoinPool.commonPool().awaitQuiescence(10, TimeUnit.SECONDS);
    uploads.close();
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
  void nodesOfRequestsAreAColumnOnlyWhereThereAreSome() {
    Batch batch = bench.batch(1);
    RowHistoryBench.dead(bench, "bad");
    String row = "row=" + batch.id() + ":2";

    assertThat(row(row)).contains("<td data-of=\"Came to\" class=\"code\">dead, VALIDATION_ERROR");
    assertThat(row(row)).doesNotContain("Node");
    bench.execute("insert into node values (7, 'cats', 1, '', 0, 1, 1, 1, 0, '', 0)");
    bench.execute("update request set node = 7");
    assertThat(row(row)).contains("<th scope=\"col\">Node</th>", "<bdi>cats</bdi>");
  }

  @Test
  void saysNearTheTopThatManifestsWereRejected() {
    assertThat(overview()).contains("Nothing to do").doesNotContain("href=\"#rejected\"");

    reject("first.csv");
    assertThat(overview())
        .containsSubsequence(
            "Nothing to do",
            "1 manifest was rejected within a day: <a href=\"#rejected\">",
            "Open rows",
            "id=\"rejected\"",
            "first.csv: RAGGED_ROW");
    for (int i = 0; i < 7; i++) {
      reject(i + ".csv");
    }
    assertThat(overview()).contains(">8 manifests were rejected within a day: ");
  }

  private void reject(String manifest) {
    bench
        .ledger
        .notices()
        .rejected(
            new RejectedManifest(
                manifest, manifest, "RAGGED_ROW", "too many cells", 3, "kept/" + manifest));
  }

  @Test
  void aSuccessFileThatWasDroppedAgainIsNoDeadLetter() {
    Batch batch = bench.batch(2);
    RowHistoryBench.dead(bench, "bad");
    bench.succeed(1);
    Batch again =
        RowHistoryBench.dropAgain(
            bench, Path.of("/inbox/first.success-0001.csv"), List.of(batch.id() + ":3"));

    assertThat(batch("/batch/" + batch.id()))
        .containsSubsequence(
            "Dead letters by reason",
            "</section>",
            "Later batches with rows of this one",
            "<a href=\"/batch/" + again.id(),
            "</section>")
        .containsOnlyOnce("href=\"/batch/" + again.id());
    assertThat(batch("/batch/" + again.id()))
        .contains("Its rows were dropped again from <a href=\"/batch/" + batch.id());
  }

  @Test
  void findsRowsByTheirUrlInTheNewestBatchesFirst() {
    Batch first = bench.batch("first.csv", List.of("https://x.example/a?b=1&c=%20", "https://y"));
    clock.forward(Duration.ofMinutes(1));
    Batch second = bench.batch("second.csv", List.of("https://y", "https://x.example/a?b=1&c=%20"));

    String page = row("row=https%3A%2F%2Fx.example%2Fa%3Fb%3D1%26c%3D%2520");

    assertThat(page)
        .contains("All 2 batches were looked through", "a?b&#x3D;1&amp;c&#x3D;%20")
        .containsSubsequence("/row?row=" + second.id() + ":3", "/row?row=" + first.id() + ":2")
        .doesNotContain(first.id() + ":3", second.id() + ":2");
    assertThat(page).doesNotContain("No row");
    assertThat(row("row=https://nowhere"))
        .contains("No row with this URL was found. All 2 batches were looked through.")
        .doesNotContain("/row?row=2");
  }

  @Test
  void saysHowManyCreditsMayHaveBeenChargedBesides() {
    Batch batch = bench.batch(9);
    bench.succeed(5);
    RowHistoryBench.dead(bench, "bad");
    assertThat(batch("/batch/" + batch.id())).contains("<dd>5 credits were charged</dd>");

    RowHistoryBench.inDoubt(bench);
    RowHistoryBench.inDoubt(bench);

    assertThat(batch("/batch/" + batch.id()))
        .contains("<dd>5 credits were charged, and up to 2 more</dd>");
  }

  @Test
  void wordsAgreeWithOne() {
    Batch batch = bench.batch(1);
    RowHistoryBench.dead(bench, "bad");

    assertThat(row("row=https://nowhere")).contains("The only batch was looked through.");
    assertThat(row("row=" + batch.id() + ":2")).contains("1 counts as an attempt<");
  }

  @Test
  void saysThatThereIsNoSuchThing() {
    Exchange missing = answered(exchange -> page(exchange, "/batch/20260527T131404Z-00000000"));
    assertThat(missing.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
    for (String asked : List.of("", "row=", "row=%", "row=x:1", "row=" + "9".repeat(500))) {
      assertThat(row(asked)).contains("No row is found");
    }
  }

  @Test
  void anAbbreviatedIdIsEnoughAsInTheTerminal() {
    Batch first = bench.batchOf("first.csv", "d682cb52".repeat(8));
    clock.forward(Duration.ofMinutes(50));
    Batch second = bench.batchOf("second.csv", "d6ffcb52".repeat(8));

    for (String typed : List.of("d68", "D682CB52", "20260527t1314")) {
      assertThat(batch("/batch/" + typed)).as(typed).contains(first.id(), "first.csv");
      assertThat(row("row=" + typed + ":2")).as(typed).contains("Line 2", first.id());
      assertThat(answered(exchange -> row(exchange, "row=" + typed)).getMessage().getHeaders())
          .containsEntry("Location", "/batch/" + first.id());
    }
    String both =
        "More than one batch begins or ends with d6, so say more of its id; the newest are "
            + second.id()
            + " (second.csv), "
            + first.id()
            + " (first.csv).";
    assertThat(batch("/batch/d6")).contains(both);
    assertThat(row("row=d6:2")).contains(both);
    assertThat(batch("/batch/0d09")).contains("No batch 0d09 is in this ledger.");
    assertThat(row("row=0d09:2")).contains("No batch 0d09 is in this ledger.");
  }

  @Test
  void anUploadIsReadOrCannotBeRead() {
    assertThat(upload(new CompletableFuture<>()))
        .contains("facedrop reads the file", "load it anew")
        .doesNotContain("<button");
    assertThat(upload(CompletableFuture.failedFuture(new IOException("broken"))))
        .contains("could not read the file", "Throw away")
        .doesNotContain("work-upload", "broken");
  }

  private static String upload(CompletableFuture<Uploads.Preview> preview) {
    Upload upload = new Upload("1", Path.of("m.csv"), 7, LedgerBench.START, preview);
    return Frame.of(
            "m.csv",
            "upload.html",
            UploadPage.data(upload),
            new Visitor(Role.OPERATOR, "", "secret"))
        .replaceFirst("(?s).*<main", "");
  }

  private String overview() {
    return text(
        answered(
            new OverviewPage(() -> survey.overview("7", 10), bench.ledger, redrops, uploads, 1)
                ::show));
  }

  private String batch(String path) {
    return text(answered(exchange -> page(exchange, path)));
  }

  private void page(Exchange exchange, String path) {
    exchange.getMessage().setHeader(Exchange.HTTP_PATH, path);
    new BatchPage(bench.ledger, batch -> survey.progress(batch, "7"), redrops, clock)
        .show(exchange);
  }

  private String row(String query) {
    return text(answered(exchange -> row(exchange, query)));
  }

  private void row(Exchange exchange, String query) {
    exchange.getMessage().setHeader(Exchange.HTTP_QUERY, query);
    new RowPage(bench.ledger, new UrlSearch(bench.ledger, System::nanoTime), UrlRule.ANY_HOST)
        .show(exchange);
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
