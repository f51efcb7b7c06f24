package io.facedrop.console;

import static io.facedrop.console.PageBench.OPERATOR;
import static io.facedrop.console.PageBench.VIEWER;
import static io.facedrop.console.PageBench.secret;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.files.Tree;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.RowHistoryBench;
import io.facedrop.ledger.model.Batch;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of the pages behind the real server, sent as browsers do, and as nobody should. */
class PageActionsTest {
  @TempDir Path folder;
  private LedgerBench bench;
  private PageBench pages;
  private Batch batch;

  @BeforeEach
  void work() {
    bench = LedgerBench.with(folder, new SettableClock(LedgerBench.START));
    batch = bench.batch(5);
    RowHistoryBench.dead(bench, "bad");
  }

  @AfterEach
  void stop() {
    pages.close();
    bench.close();
  }

  private void serve(String token, String viewerToken) throws Exception {
    pages = PageBench.with(bench, folder, Map.of(), token, viewerToken, Duration.ofSeconds(90));
  }

  @Test
  void aFormOfOursActsAndIsNoted() throws Exception {
    serve("", "");
    String secret = secret(get("/batch/" + batch.id(), ""));

    HttpResponse<String> held = act(secret, "", "hold");

    assertThat(held.statusCode()).as(held.body()).isEqualTo(303);
    assertThat(held.headers().firstValue("Location")).hasValue("/batch/" + batch.id());
    assertThat(now().held()).isTrue();
    assertThat(get("/batch/" + batch.id(), "").body())
        .contains("the operator at 127.0.0.1 held the batch on the page", "Go on with 4 rows");
    assertThat(act(secret, "", "release").statusCode()).isEqualTo(303);
    assertThat(now().held()).isFalse();
    assertThat(act(secret, "", "cancel").statusCode()).isEqualTo(303);
    assertThat(now().cancelledAt()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "https://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "http://127.0.0.1.evil.example"
      })
  void aFormOfAnotherSiteDoesNothing(String origin) throws Exception {
    serve("", "");
    String secret = secret(get("/batch/" + batch.id(), ""));

    HttpResponse<String> answer = post("/act", form(secret, "hold"), origin, "");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(now().held()).isFalse();
  }

  @Test
  void aFormWithoutItsSecretDoesNothing() throws Exception {
    serve("", "");

    for (String secret : List.of("", "0".repeat(64), "x")) {
      assertThat(act(secret, "", "hold").statusCode()).isEqualTo(403);
    }
    assertThat(get("/act?what=hold&batch=" + batch.id(), "").statusCode()).isIn(404, 405);
    String secret = secret(get("/batch/" + batch.id(), ""));
    assertThat(act(secret, "", "explode").statusCode()).isEqualTo(404);
    assertThat(now().held()).isFalse();
  }

  @Test
  void aRedropSaysItsCostAndDropsNoMoreThanWasAgreedTo() throws Exception {
    serve("", "");
    HttpResponse<String> asked = get("/redrop/" + batch.id() + "?reason=VALIDATION_ERROR", "");
    assertThat(asked.body())
        .contains("Drop 1 row again, for at most 1 credit<", "for 1 request that creates a task");
    String agreed = form(secret(asked), "redrop") + "&reason=VALIDATION_ERROR&exactly=1";
    RowHistoryBench.dead(bench, "bad too");

    HttpResponse<String> outdated = post("/act", agreed, origin(), "");

    assertThat(outdated.headers().firstValue("Location"))
        .hasValue("/redrop/" + batch.id() + "?reason=VALIDATION_ERROR");
    assertThat(dropped()).isEmpty();
    HttpResponse<String> done =
        post("/act", agreed.replace("exactly=1", "exactly=2"), origin(), "");
    assertThat(done.statusCode()).as(done.body()).isEqualTo(303);
    assertThat(dropped()).hasSize(1);
    assertThat(dropped().get(0).getFileName()).hasToString("cats.csv");
    assertThat(post("/act", agreed.replace("exactly=1", "exactly=2"), origin(), "").body())
        .contains("not accepted yet");
  }

  @Test
  void aRedropIsToldUntilItIsAcceptedAndThenEachBatchLeadsToTheOther() throws Exception {
    serve("", "");
    RowHistoryBench.dead(bench, "bad too");
    String offered = "Drop all again…";
    String waits = "2 rows were dropped again from";
    assertThat(get("/batch/" + batch.id(), "").body()).contains(offered).doesNotContain(waits);
    String secret = secret(get("/redrop/" + batch.id(), ""));

    post("/act", form(secret, "redrop") + "&exactly=2", origin(), "");

    assertThat(get("/", "").body()).contains(waits, "and wait to be accepted");
    assertThat(get("/batch/" + batch.id(), "").body())
        .contains(waits)
        .doesNotContain(offered, "Drop again…");
    assertThat(get("/redrop/" + batch.id(), "").body())
        .contains(waits)
        .doesNotContain("<button class=\"spend\"");

    Batch again = accepted(folder.resolve("inbox").relativize(dropped().get(0)), 2);
    assertThat(get("/", "").body())
        .contains("dropped again from <a href=\"/batch/" + batch.id())
        .doesNotContain(waits);
    assertThat(get("/batch/" + again.id(), "").body())
        .contains("Its rows were dropped again from <a href=\"/batch/" + batch.id());
    assertThat(get("/batch/" + batch.id(), "").body())
        .containsSubsequence(
            offered, "Later batches with rows of this one", "<a href=\"/batch/" + again.id())
        .doesNotContain(waits);
    accepted(Path.of("/inbox/by-hand.csv"), 3);
    assertThat(get("/batch/" + batch.id(), "").body())
        .contains("by-hand.csv")
        .as("nothing is left")
        .doesNotContain(offered, "Drop again…");
  }

  private Batch accepted(Path source, int line) {
    return RowHistoryBench.dropAgain(bench, source, List.of(batch.id() + ":" + line));
  }

  private List<Path> dropped() {
    return Tree.files(folder.resolve("inbox")).stream()
        .filter(file -> file.toString().endsWith(".csv"))
        .toList();
  }

  @Test
  void aBrowserShowsItsTokenOnceAndGetsACookie() throws Exception {
    serve(OPERATOR, VIEWER);
    HttpResponse<String> unknown = get("/", "");
    assertThat(unknown.statusCode()).isEqualTo(303);
    assertThat(unknown.headers().firstValue("Location")).hasValue("/login");
    assertThat(get("/login", "").body()).contains("name=\"token\"");
    HttpResponse<String> wrong = post("/login", "token=wrong", origin(), "");
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("does not know this token").doesNotContain("wrong\"");
    assertThat(wrong.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(post("/login", "token=" + OPERATOR, "https://evil.example", "").statusCode())
        .isEqualTo(403);

    HttpResponse<String> right = post("/login", "token=" + OPERATOR, origin(), "");

    String set = right.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(set.toLowerCase(Locale.ROOT))
        .contains("httponly", "samesite=strict", "path=/")
        .doesNotContain(OPERATOR);
    String cookie = set.replaceFirst(";.*", "");
    String secret = secret(get("/batch/" + batch.id(), cookie));
    assertThat(act(secret, "", "hold").statusCode()).as("without the cookie").isEqualTo(401);
    assertThat(act(secret, cookie, "hold").statusCode()).isEqualTo(303);
    assertThat(now().held()).isTrue();
    assertThat(get("/batch/" + batch.id(), cookie).body())
        .contains("anna at 127.0.0.1 held the batch on the page");
    post("/logout", "", origin(), cookie);
    assertThat(get("/", cookie).statusCode()).isEqualTo(303);
    assertThat(act(secret, cookie, "release").statusCode()).isEqualTo(401);
  }

  @Test
  void aViewerLooksAndDoesNotActNorSeeFaces() throws Exception {
    serve(OPERATOR, VIEWER);
    String cookie = pages.cookie(VIEWER);
    HttpResponse<String> page = get("/batch/" + batch.id(), cookie);

    assertThat(page.body()).contains("VALIDATION_ERROR").doesNotContain("<form class");
    assertThat(act("0".repeat(64), cookie, "hold").statusCode()).isEqualTo(403);
    assertThat(now().held()).isFalse();
    bench.succeedAll();
    published("success");
    published("dead-letter");
    assertThat(get("/batch/" + batch.id(), cookie).body())
        .contains("success-1.csv", "output=dead-letter")
        .as("no link to what would be refused")
        .doesNotContain("output=success");
    assertThat(get("/batch/" + batch.id(), pages.cookie(OPERATOR)).body())
        .contains("output=success", "output=dead-letter");
    String part = "/part?batch=" + batch.id() + "&number=1&output=";
    assertThat(get(part + "success", cookie).statusCode()).isEqualTo(403);
    assertThat(get(part + "dead-letter", cookie).body()).contains("VALIDATION_ERROR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "..%2f..%2fetc%2fpasswd", "1/../2", "99", "", "-1"})
  void aDownloadKnowsPartsAndNoPaths(String number) throws Exception {
    serve("", "");
    bench.succeedAll();
    published("success");

    String part = "/part?batch=" + batch.id() + "&output=success&number=";
    assertThat(get(part + number, "").statusCode()).isIn(400, 404);
    HttpResponse<String> right = get(part + "1", "");
    assertThat(right.statusCode()).isEqualTo(200);
    assertThat(right.body()).startsWith("image_url,name,facedrop_batch").contains(batch.id());
    assertThat(right.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"success-1.csv\"; filename*=UTF-8''success-1.csv");
  }

  @Test
  void aDownloadKeepsTheLettersOfItsName() throws Exception {
    serve("", "");
    bench.succeedAll();
    RowHistoryBench.publish(bench, "success", "a/Käse & Größe *1.csv");

    assertThat(
            get("/part?batch=" + batch.id() + "&output=success&number=1", "")
                .headers()
                .firstValue("Content-Disposition"))
        .hasValue(
            "attachment; filename=\"K_se___Gr__e__1.csv\";"
                + " filename*=UTF-8''K%C3%A4se%20%26%20Gr%C3%B6%C3%9Fe%20%2A1.csv");
  }

  /** As if the part had been written. */
  private void published(String output) {
    RowHistoryBench.publish(bench, output);
  }

  private Batch now() {
    return bench.ledger.batch(batch.id()).orElseThrow();
  }

  private String form(String secret, String what) {
    return "form=" + secret + "&what=" + what + "&batch=" + batch.id();
  }

  private HttpResponse<String> act(String secret, String cookie, String what) throws Exception {
    return post("/act", form(secret, what), origin(), cookie);
  }

  private String origin() {
    return pages.origin();
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    return pages.get(path, cookie);
  }

  private HttpResponse<String> post(String path, String form, String origin, String cookie)
      throws Exception {
    return pages.post(path, form, origin, cookie);
  }
}
