package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.facedrop.acceptance.StrangeApi.Reply;
import io.facedrop.browser.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  @TempDir Path folder;
  private Browser browser;
  private URI console;

  @Test
  void watchesOpensTheGateDropsAgainAndFindsARow() throws IOException {
    assumeTrue(Browser.isInstalled(), "no chromium and chromedriver on the PATH");
    Map<Integer, String> words = new HashMap<>();
    IntStream.range(0, 5).forEach(row -> words.put(row, "broken"));
    try (StrangeApi api = new StrangeApi();
        Browser real = new Browser(folder.resolve("profile"));
        Installation facedrop = installed(api)) {
      browser = real;
      api.behave(request -> failing(api, request));
      console = URI.create("http://" + Console.of(facedrop.start("serve")).target() + "/");
      browser.open(console, DESKTOP, "light");
      reads("Nothing to do");

      facedrop.manifest("data/inbox/first.csv", 40, words);
      reads("first.csv", "100 %", "35 succeeded", "5 dead letters", "complete");

      api.behave(request -> Reply.of(200, "{\"code\":401,\"message\":\"key revoked\"}"));
      facedrop.manifest("data/inbox/second.csv", 30, Map.of());
      reads("Halted", "the API says: key revoked", "check facedrop.api.key");
      looksWell("overview");
      api.behave(api::usual);
      browser.click("Open the gate now");
      reads("second.csv", "30 succeeded", "Nothing to do");

      String batch = facedrop.ledger().texts("select id from batch where number = 1").get(0);
      browser.click("first.csv");
      reads("GENERATION_FAILED", "words", "35 credits were charged");
      looksWell("batch/" + batch);
      browser.open(console.resolve("batch/" + batch), DESKTOP, "light");
      browser.click("Drop again");
      reads("at most 5", "for 5 requests");
      looksWell("redrop/" + batch);
      browser.open(console.resolve("redrop/" + batch), DESKTOP, "light");
      int sent = api.creates().size();
      browser.click("Drop 5 rows again, for at most 5 credits");
      await()
          .atMost(PATIENCE)
          .until(() -> facedrop.number("select count(*) from batch where state = 'complete'") == 3);
      assertThat(api.creates().size()).isEqualTo(sent + 5);
      reads("Nothing to do", "100 % of 5 rows");

      findsARow(batch);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** By keyboard alone. */
  private void findsARow(String batch) throws IOException {
    browser.open(console, DESKTOP, "light");
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB, batch + ":3", Keys.ENTER);
    reads("Line 3", "https://images.example.com/broken/1.jpg", "GENERATION_FAILED", "501");
    assertThat(browser.text()).contains("Dropped again");
    looksWell("row?row=" + batch + ":3");
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
    for (int width : List.of(DESKTOP, PHONE)) {
      for (String scheme : List.of("light", "dark")) {
        browser.open(console.resolve(page.equals("overview") ? "" : page), width, scheme);
        assertThat((Boolean) browser.ask("document.documentElement.scrollWidth <= innerWidth"))
            .as("%s fits into %d", page, width)
            .isTrue();
        assertThat(browser.barriers()).as("%s at %d, %s", page, width, scheme).isEmpty();
        Files.createDirectories(PICTURES);
        Files.write(
            PICTURES.resolve(
                "page-" + page.replaceAll("[/?].*", "") + "-" + width + "-" + scheme + ".png"),
            browser.picture());
      }
    }
    browser.open(console.resolve(page.equals("overview") ? "" : page), DESKTOP, "light");
  }
}
