package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Three nodes on one PostgreSQL ledger: the page of each shows all, and acts for all. */
class NodesPageAcceptanceTest extends SharedLedger {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([0-9a-f]{64})\"");

  @Override
  void set(Installation installed) {
    installed
        .with("facedrop.console.port", "0")
        .with("facedrop.api.rate", "20/s")
        .with("facedrop.batch.hold-after", "0");
  }

  @Test
  void thePageOfEachShowsAllAndAnOrderIsCarriedOutOnce() throws Exception {
    List<Console> pages =
        Stream.of("one", "two", "three")
            .map(name -> facedrop.start("serve", "-Dfacedrop.node.name=" + name))
            .map(Console::of)
            .toList();
    api.behave(
        request ->
            request.creates() && request.url().contains("/broken/")
                ? StrangeApi.Reply.code(501)
                : api.usual(request));
    facedrop.manifest("data/inbox/m.csv", 300, Map.of(0, "broken", 1, "broken"));
    await()
        .atMost(PATIENCE)
        .until(() -> pages.stream().allMatch(page -> page.get("").body().contains(">m.csv<")));
    for (Console page : pages) {
      assertThat(page.get("").body()).contains("<bdi>one<", "<bdi>two<", "<bdi>three<");
    }
    Matcher link = Pattern.compile("/batch/([^\"]+)").matcher(pages.get(0).get("").body());
    assertThat(link.find()).isTrue();
    String batch = link.group(1);

    assertThat(act(pages.get(0), batch, "hold")).isEqualTo(303);
    for (Console page : pages) {
      assertThat(page.get("batch/" + batch).body()).contains("is held by an operator");
    }
    await().atMost(PATIENCE).until(() -> number("select count(*) from claim") == 0);
    int sent = api.creates().size();
    assertThat(act(pages.get(1), batch, "release")).isEqualTo(303);
    await()
        .atMost(PATIENCE)
        .until(() -> number("select count(*) from batch where state = 'complete'") == 1);

    api.behave(api::usual);
    Cli redrop = facedrop.start("redrop", batch, "--yes");
    assertThat(redrop.exitCode()).as(redrop.said()).isZero();
    await()
        .atMost(PATIENCE)
        .until(() -> number("select count(*) from batch where state = 'complete'") == 2);
    assertThat(sent).isLessThan(300);
    assertThat(api.creates().size())
        .as("each row was sent once, and two once again")
        .isEqualTo(302);
    assertThat(number("select count(*) from event where detail like 'the operator at %'"))
        .isEqualTo(2);
  }

  private static int act(Console page, String batch, String what) throws Exception {
    Matcher form = FORM.matcher(page.get("batch/" + batch).body());
    assertThat(form.find()).isTrue();
    String origin = "http://" + page.target();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(origin + "/act"))
            .header("Origin", origin)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "form=" + form.group(1) + "&what=" + what + "&batch=" + batch))
            .build();
    return HttpClient.newHttpClient()
        .send(request, HttpResponse.BodyHandlers.ofString())
        .statusCode();
  }
}
