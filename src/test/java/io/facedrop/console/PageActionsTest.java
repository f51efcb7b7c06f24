package io.facedrop.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.clock.SettableClock;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.files.Tree;
import io.facedrop.integration.Beans;
import io.facedrop.ledger.LedgerBench;
import io.facedrop.ledger.RowHistoryBench;
import io.facedrop.ledger.model.Batch;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forms of the pages behind the real server, sent as browsers do, and as nobody should. */
class PageActionsTest {
  private static final String OPERATOR = "operator-0123456789";
  private static final String VIEWER = "viewer-0123456789";
  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([0-9a-f]{64})\"");

  @TempDir Path folder;
  private final CamelContext context = new DefaultCamelContext();
  private final HttpClient browser =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private LedgerBench bench;
  private Beans beans;
  private ConsoleServer server;
  private Batch batch;

  @BeforeEach
  void work() {
    bench = LedgerBench.with(folder, new SettableClock(LedgerBench.START));
    batch = bench.batch(5);
    RowHistoryBench.dead(bench, "bad");
  }

  @AfterEach
  void stop() {
    server.close();
    context.stop();
    beans.close();
    bench.close();
  }

  private void serve(String token, String viewerToken) throws Exception {
    Settings settings =
        SettingsReader.readWithKey(
            Map.of(
                "facedrop.api.key",
                "any",
                "facedrop.inbox",
                folder.resolve("inbox").toString(),
                "facedrop.console.port",
                "0"));
    beans =
        new Beans(
            settings, bench.ledger, OptionalDouble::empty, Duration.ZERO, (thread, failure) -> {});
    beans.addConsole(() -> false);
    server =
        ConsoleServer.open(
                new Settings.Console("127.0.0.1", 0, true, List.of(), token, viewerToken))
            .orElseThrow();
    beans.bind(context);
    server.bind(context);
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            ResourceHelper.resolveResource(context, "file:routes/operator-page.camel.yaml"));
    context.start();
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
    assertThat(asked.body()).contains("Drop 1 row again, for at most 1 credits");
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
    post("/logout", "", origin(), cookie);
    assertThat(get("/", cookie).statusCode()).isEqualTo(303);
    assertThat(act(secret, cookie, "release").statusCode()).isEqualTo(401);
  }

  @Test
  void aViewerLooksAndDoesNotActNorSeeFaces() throws Exception {
    serve(OPERATOR, VIEWER);
    String cookie =
        post("/login", "token=" + VIEWER, origin(), "")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .replaceFirst(";.*", "");
    HttpResponse<String> page = get("/batch/" + batch.id(), cookie);

    assertThat(page.body()).contains("VALIDATION_ERROR").doesNotContain("<form class");
    assertThat(act("0".repeat(64), cookie, "hold").statusCode()).isEqualTo(403);
    assertThat(now().held()).isFalse();
    bench.succeedAll();
    published("success");
    published("dead-letter");
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
        .hasValue("attachment; filename=\"success-1.csv\"");
  }

  /** As if the part had been written. */
  private void published(String output) {
    RowHistoryBench.publish(bench, output);
  }

  private Batch now() {
    return bench.ledger.batch(batch.id()).orElseThrow();
  }

  private static String secret(HttpResponse<String> page) {
    Matcher form = FORM.matcher(page.body());
    assertThat(form.find()).as(page.body()).isTrue();
    return form.group(1);
  }

  private String form(String secret, String what) {
    return "form=" + secret + "&what=" + what + "&batch=" + batch.id();
  }

  private HttpResponse<String> act(String secret, String cookie, String what) throws Exception {
    return post("/act", form(secret, what), origin(), cookie);
  }

  private String origin() {
    return server.address().replaceFirst("/$", "");
  }

  private HttpResponse<String> get(String path, String cookie) throws Exception {
    return send(to(path, cookie).GET());
  }

  private HttpResponse<String> post(String path, String form, String origin, String cookie)
      throws Exception {
    HttpRequest.Builder request =
        to(path, cookie)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    return send(origin.isEmpty() ? request : request.header("Origin", origin));
  }

  private HttpRequest.Builder to(String path, String cookie) {
    List<String> headers = new ArrayList<>(List.of("Accept", "text/html"));
    if (!cookie.isEmpty()) {
      headers.addAll(List.of("Cookie", cookie));
    }
    return HttpRequest.newBuilder(URI.create(origin() + path))
        .headers(headers.toArray(String[]::new));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
