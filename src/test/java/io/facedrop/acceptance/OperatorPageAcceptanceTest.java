package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.facedrop.acceptance.StrangeApi.Reply;
import io.facedrop.browser.Browser;
import io.facedrop.files.Tree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** What an operator does in a real browser, beside the packaged program. */
class OperatorPageAcceptanceTest {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int DESKTOP = 1280;
  private static final int PHONE = 360;

  private static final String NOTHING_SCROLLS =
      "[...document.querySelectorAll('.scroll')].every(it => it.scrollWidth <= it.clientWidth)";

  @TempDir Path folder;
  private Browser browser;
  private URI console;

  @Test
  void dropsWatchesOpensTheGateDropsAgainFindsARowAndDownloads() throws IOException {
    assumeTrue(Browser.isInstalled(), "no chromium and chromedriver on the PATH");
    try (StrangeApi api = new StrangeApi();
        Pictures pictures = new Pictures();
        Browser real = new Browser(folder.resolve("profile"));
        Installation facedrop = installed(api)) {
      browser = real;
      api.behave(request -> failing(api, request));
      console = URI.create("http://" + Console.of(facedrop.start("serve")).target() + "/");
      browser.open(console, DESKTOP, "light");
      reads("Nothing to do");

      dropsAManifest(pictures);
      reads("first.csv", "100 %", "33 succeeded", "7 dead letters", "complete");

      api.behave(request -> Reply.of(200, "{\"code\":401,\"message\":\"key revoked\"}"));
      choosesAManifestByKeyboard(facedrop.manifest("second.csv", 30, Map.of()));
      reads("Halted", "the API says: key revoked", "correct facedrop.api.key");
      looksWell("overview");
      api.behave(api::usual);
      browser.click("Open the gate now");
      reads("second.csv", "30 succeeded", "Nothing to do");

      String batch = facedrop.ledger().texts("select id from batch where number = 1").get(0);
      browser.click("first.csv");
      reads("GENERATION_FAILED", "VALIDATION_ERROR", "words", "33 credits were charged");
      reads("the operator at 127.0.0.1 uploaded first.csv on the page");
      looksWell("row?row=" + batch + ":2");
      looksWell("batch/" + batch);
      downloadsAPart();
      dropsOneReasonAgain(api, facedrop, batch);
      findsARow(pictures);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** And reads what it costs before anything is spent. */
  private void dropsAManifest(Pictures pictures) throws IOException {
    String rows =
        IntStream.range(0, 40)
            .mapToObj(row -> pictures.url(row < 5 ? "broken" : row < 7 ? "unfit" : "fine", row))
            .collect(Collectors.joining("\n", "image_url\n", "\n"));
    browser.drop("notes.pdf", "no manifest");
    reads("Rejected", "UNSUPPORTED_FORMAT", "expected .csv, .tsv, .txt or .jsonl");
    browser.open(console, DESKTOP, "light");
    browser.drop("first.csv", rows + "ftp://images.example.com/invalid.jpg\n");
    reads("Work this file?", "41", "at most 40", "line 42, The URL's scheme is neither");
    browser.click("Throw away");
    reads("Nothing to do");
    browser.drop("first.csv", rows);
    reads("Work this file?", "Work these 40 rows, for at most 40 credits");
    looksWell(browser.ask("location.pathname").toString().substring(1));
    browser.click("Work these 40 rows");
  }

  private void choosesAManifestByKeyboard(Path manifest) {
    browser.choose(manifest);
    browser.ask("document.querySelector('input[type=file]').focus()");
    browser.press(Keys.TAB, Keys.ENTER);
    reads("Work these 30 rows");
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, Keys.ENTER);
  }

  private void dropsOneReasonAgain(StrangeApi api, Installation facedrop, String batch)
      throws IOException {
    browser.click("Drop again");
    reads("reason GENERATION_FAILED", "at most 5", "for 5 requests");
    looksWell("redrop/" + batch + "?reason=GENERATION_FAILED");
    int sent = api.creates().size();
    browser.click("Drop 5 rows again, for at most 5 credits");
    await()
        .atMost(PATIENCE)
        .until(() -> facedrop.number("select count(*) from batch where state = 'complete'") == 3);
    assertThat(api.creates().size()).isEqualTo(sent + 5);
    reads("Nothing to do", "100 % of 5 rows");
  }

  private void downloadsAPart() {
    Path downloads = folder.resolve("downloads");
    browser.downloadTo(downloads);
    browser.click("dead-letter-0001.csv");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(CsvRows.of(Tree.wholeFiles(downloads)))
                    .extracting(row -> row.get("facedrop_reason"))
                    .containsOnly("GENERATION_FAILED", "VALIDATION_ERROR")
                    .hasSize(7));
  }

  /** By its URL and by keyboard alone; its picture is loaded by a click and not before. */
  private void findsARow(Pictures pictures) throws IOException {
    browser.open(console, DESKTOP, "light");
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB, pictures.url("broken", 1), Keys.ENTER);
    reads("All 3 batches were looked through");
    URI rows = URI.create((String) browser.ask("location.href"));
    looksWell("rows", rows, PHONE, "dark");
    assertThat((Boolean) browser.ask("document.querySelector('main li').offsetHeight < 130"))
        .as("a row takes a few lines")
        .isTrue();
    looksWell("rows", rows, DESKTOP, "light");
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB);
    browser.press(Keys.ENTER);
    reads("Line 3", pictures.url("broken", 1), "GENERATION_FAILED", "501", "Dropped again");
    looksWell((String) browser.ask("(location.pathname + location.search).substring(1)"));
    assertThat(pictures.asked()).isEmpty();
    browser.click("Show the picture");
    await()
        .atMost(PATIENCE)
        .until(() -> browser.ask("document.querySelector('img').naturalWidth > 0").equals(true));
    assertThat(pictures.asked()).containsExactly("/broken/1.png, referrer null");
  }

  private Installation installed(StrangeApi api) {
    return new Installation(folder.resolve("work"), api.uri().toString())
        .with("facedrop.console.port", "0")
        .with("facedrop.api.rate", "50/s")
        .with("facedrop.batch.hold-after", "0")
        .with("facedrop.gate.probe-interval", "1h")
        .with("facedrop.faces.await", "false");
  }

  private static Reply failing(StrangeApi api, StrangeApi.Request request) {
    if (request.creates() && request.url().contains("/unfit/")) {
      return Reply.code(422);
    }
    return request.creates() && request.url().contains("/broken/")
        ? Reply.code(501)
        : api.usual(request);
  }

  /** Sooner or later, without being loaded anew. */
  private void reads(String... words) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(browser.text()).contains(words));
  }

  /** In both widths and colours nothing sticks out, and nobody meets a barrier. */
  private void looksWell(String page) throws IOException {
    URI address = console.resolve(page.equals("overview") ? "" : page);
    looksWell(page, address, PHONE, "dark");
    looksWell(page, address, DESKTOP, "light");
  }

  private void looksWell(String page, URI address, int width, String scheme) throws IOException {
    browser.open(address, width, scheme);
    assertThat((Boolean) browser.ask("document.documentElement.scrollWidth <= innerWidth"))
        .as("%s fits into %d", page, width)
        .isTrue();
    assertThat((Boolean) browser.ask(NOTHING_SCROLLS))
        .as("every table of %s fits into %d", page, width)
        .isTrue();
    assertThat(browser.barriers()).as("%s at %d, %s", page, width, scheme).isEmpty();
    Files.createDirectories(PICTURES);
    Files.write(
        PICTURES.resolve("page-" + page.replaceAll("[/?].*", "") + "-" + width + ".png"),
        browser.picture());
  }

  /** A host of pictures, which notes who asks for them. */
  private static final class Pictures implements AutoCloseable {
    private static final byte[] PNG =
        Base64.getDecoder()
            .decode(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
                    + "AABJRU5ErkJggg==");

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    Pictures() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", this::answer);
      server.start();
    }

    String url(String word, int number) {
      return "http://127.0.0.1:"
          + server.getAddress().getPort()
          + "/"
          + word
          + "/"
          + number
          + ".png";
    }

    List<String> asked() {
      return asked;
    }

    private void answer(HttpExchange exchange) throws IOException {
      asked.add(
          exchange.getRequestURI()
              + ", referrer "
              + exchange.getRequestHeaders().getFirst("Referer"));
      exchange.sendResponseHeaders(200, PNG.length);
      exchange.getResponseBody().write(PNG);
      exchange.close();
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }
}
