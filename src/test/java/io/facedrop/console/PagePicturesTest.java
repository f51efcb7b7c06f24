package io.facedrop.console;

import static io.facedrop.console.PageBench.OPERATOR;
import static io.facedrop.console.PageBench.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.ledger.LedgerBench;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of rows: which browser may load what, and when. */
class PagePicturesTest {
  private static final String HEADER = "Content-Security-Policy";

  @TempDir static Path folder;
  private static LedgerBench bench;
  private static PageBench pages;

  @BeforeAll
  static void work() throws Exception {
    bench = LedgerBench.with(folder, new SettableClock(LedgerBench.START));
    pages = PageBench.open(bench, folder, Map.of("facedrop.image.deny-hosts", "denied.example"));
  }

  @AfterAll
  static void stop() {
    pages.close();
    bench.close();
  }

  private static String row(LedgerBench bench, String url) {
    return "/row?row=" + bench.batch("m.csv", List.of(url)).id() + ":2";
  }

  @ParameterizedTest
  @CsvSource({
    "https://x.example/a.jpg?b=1, https://x.example",
    "HTTP://X.example:8080, http://x.example:8080",
    "'https://x.example/;script-src *', https://x.example",
    "http://127.0.0.1#, http://127.0.0.1"
  })
  void areLoadedFromTheirHostAloneAndOnlyWhenAskedFor(String url, String origin) throws Exception {
    String row = row(bench, url.replace(" ", "%20"));

    HttpResponse<String> before = pages.get(row, "");

    assertThat(before.body()).contains("picture=1", origin).doesNotContain("<img");
    assertThat(before.headers().allValues(HEADER))
        .singleElement()
        .asString()
        .startsWith("default-src 'none'")
        .doesNotContain("img-src");
    HttpResponse<String> asked = pages.get(row + "&picture=1", "");
    assertThat(asked.body()).contains("<img ", "referrerpolicy=\"no-referrer\"");
    assertThat(asked.headers().allValues(HEADER))
        .singleElement()
        .asString()
        .isEqualTo(before.headers().firstValue(HEADER).orElseThrow() + "; img-src " + origin);
    assertThat(pages.get("/", "").headers().firstValue(HEADER).orElseThrow())
        .doesNotContain("img-src");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        "data:image/svg+xml,x",
        "ftp://x.example/a.jpg",
        "//x.example/a.jpg",
        "https://user@x.example/",
        "https://x.example;script-src",
        "https://x.example,y.example/",
        "https://*/",
        "https://x.example\\.y.example/",
        "https://x.example:8080x/",
        "https://denied.example/a.jpg",
        "https://'self'/"
      })
  void areOfferedOfNothingElse(String url) throws Exception {
    HttpResponse<String> asked = pages.get(row(bench, url) + "&picture=1", "");

    assertThat(asked.statusCode()).isEqualTo(200);
    assertThat(asked.body()).doesNotContain("<img", "picture=1");
    assertThat(asked.headers().firstValue(HEADER).orElseThrow()).doesNotContain("img-src");
  }

  @Test
  void areForTheOperatorAlone(@TempDir Path other) throws Exception {
    try (LedgerBench own = LedgerBench.with(other, new SettableClock(LedgerBench.START));
        PageBench guarded =
            PageBench.with(own, other, Map.of(), OPERATOR, VIEWER, Duration.ofSeconds(90))) {
      String row = row(own, "https://x.example/a.jpg");
      String viewer = guarded.cookie(VIEWER);

      assertThat(guarded.get(row, viewer).body()).doesNotContain("picture=1");
      HttpResponse<String> asked = guarded.get(row + "&picture=1", viewer);
      assertThat(asked.statusCode()).isEqualTo(403);
      assertThat(asked.body()).doesNotContain("<img");
      assertThat(asked.headers().firstValue(HEADER).orElseThrow()).doesNotContain("img-src");
      assertThat(guarded.get(row + "&picture=1", guarded.cookie(OPERATOR)).body()).contains("<img");
    }
  }
}
