package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.component.LedgerConstants;
import io.facedrop.ledger.model.Batch;
import io.facedrop.publish.PreparedLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptManifestTest extends RouteTest {
  private static final String ROWS =
      IntStream.rangeClosed(1, 3500)
          .mapToObj(i -> "https://a.example/" + i + ".png,tag\n")
          .collect(Collectors.joining());

  @Override
  List<String> flows() {
    return List.of("pick-up-directory", "accept-manifest");
  }

  @Test
  void acceptsEveryRowOfAManifestThatIsReadInPlace() throws Exception {
    Path file = Files.writeString(home.resolve("m.csv"), "image_url,tag\n" + ROWS);
    context.start();
    Exchange exchange =
        template.send("direct:accept-manifest", it -> it.getMessage().setBody(file.toFile()));
    Batch batch = exchange.getVariable(LedgerConstants.BATCH, Batch.class);
    assertThat(batch.rows()).isEqualTo(3500);
    assertThat(batch.archive()).isFalse();
    assertThat(query("select count(*) from manifest_row")).containsExactly("3500");
    assertThat(file).exists();
    assertThat(heldOpen("m.csv")).isFalse();
  }

  @Test
  void manifestsThatAreRejectedTogetherBearTheTimeThatItIs() throws Exception {
    for (int file = 0; file < 200; file++) {
      drop("bad-" + file + ".csv", "url\nhttps://a.example/1.png\n");
    }
    context.start();
    soon().until(() -> files("rejected").size() == 400);

    String latest =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .format(Instant.now());
    assertThat(files("rejected")).allSatisfy(name -> assertThat(name).isLessThan(latest + "-z"));
  }

  @Test
  void twoManifestsOfOneNameThatAreRejectedInASecondAreBothKept() throws Exception {
    context.start();
    Path one = PreparedLedger.manifest(home.resolve("a/m.csv"), "url\nhttps://a.example/1.png\n");
    Path two = PreparedLedger.manifest(home.resolve("b/m.csv"), "url\nhttps://a.example/2.png\n");

    for (Path file : List.of(one, two)) {
      template.send("direct:accept-manifest", it -> it.getMessage().setBody(file.toFile()));
    }

    assertThat(files("rejected")).hasSize(4);
  }

  /** As when the process before this one has rejected others of that name. */
  @Test
  void aRejectedManifestTakesNoNameOfOneThatIsKept() throws Exception {
    context.start();
    Instant now = Instant.now();
    DateTimeFormatter stamp =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    for (int second = 0; second < 60; second++) {
      String kept = stamp.format(now.plusSeconds(second)) + "-m.csv";
      PreparedLedger.manifest(home.resolve("rejected").resolve(kept), "kept");
    }
    Path file = PreparedLedger.manifest(home.resolve("a/m.csv"), "url\nhttps://a.example/1.png\n");

    template.send("direct:accept-manifest", it -> it.getMessage().setBody(file.toFile()));

    assertThat(files("rejected")).hasSize(62);
  }

  @Test
  void setsAManifestWithoutImageUrlColumnAsideWithTheReasonBesideIt() throws Exception {
    drop("partner/m.csv", "url;name\nhttps://a.example/1.png;Ann\n");
    context.start();
    soon().until(() -> files("rejected").size() == 2);
    String name = files("rejected").get(0);
    assertThat(name).matches("partner/\\d{8}T\\d{6}Z-m\\.csv");
    assertThat(home.resolve("rejected").resolve(name))
        .hasContent("url;name\nhttps://a.example/1.png;Ann\n");
    assertThat(home.resolve("rejected").resolve(name + ".reason.json"))
        .hasContent(
            """
            {
              "manifest" : "partner/m.csv",
              "code" : "NO_IMAGE_URL_COLUMN",
              "expected" : "image_url (facedrop.manifest.column can name another)",
              "found" : "url, name",
              "line" : 1,
              "message" : "no column for the URL: expected image_url (facedrop.manifest.column can name another) but found url, name (line 1)"
            }
            """);
    leavesNothing();
  }

  @Test
  void takesBackEveryRowOfAManifestThatBreaksAtItsLastLine() throws Exception {
    drop("m.csv", "image_url,tag\n" + ROWS + "https://a.example/last.png,one,too many\n");
    AtomicInteger groups = new AtomicInteger();
    weave(
        "accept-manifest",
        route -> route.weaveById("add-rows").after().process(it -> groups.incrementAndGet()));
    context.start();
    soon().until(() -> files("rejected").size() == 2);
    assertThat(groups).hasValueGreaterThanOrEqualTo(2);
    assertThat(home.resolve("rejected").resolve(files("rejected").get(1)))
        .content()
        .contains("\"code\" : \"RAGGED_ROW\"", "\"line\" : 3502");
    leavesNothing();
    assertThat(heldOpen("m.csv")).isFalse();
  }

  @Test
  void rejectsAnEmptyManifest() throws Exception {
    Path file = Files.createFile(home.resolve("empty.csv"));
    context.start();
    template.send("direct:accept-manifest", it -> it.getMessage().setBody(file.toFile()));
    assertThat(home.resolve("rejected").resolve(files("rejected").get(1)))
        .hasContent(
            """
            {
              "manifest" : "empty.csv",
              "code" : "EMPTY_FILE",
              "expected" : "a manifest",
              "found" : "no text",
              "line" : null,
              "message" : "empty file: expected a manifest but found no text"
            }
            """);
    assertThat(file).exists();
  }

  @Test
  void rejectsAContentThatIsAtWorkAlready() throws Exception {
    context.start();
    drop("first.csv", "image_url\nhttps://a.example/1.png\n");
    Batch first = onlyBatch();
    drop("second.csv", "image_url\nhttps://a.example/1.png\n");
    soon().until(() -> files("rejected").size() == 2);
    assertThat(home.resolve("rejected").resolve(files("rejected").get(1)))
        .content()
        .contains(
            "\"code\" : \"DUPLICATE_MANIFEST\"",
            "\"expected\" : \"a content not seen within 24h\"",
            "the content of batch " + first.id() + ", still open");
    assertThat(ledger.newestBatches(10)).hasSize(1);
    soon().until(() -> files("inbox").size() == 1);
  }

  @Test
  void keepsTwoRejectedManifestsOfOneNameApart() throws Exception {
    Path file = Files.writeString(home.resolve("m.csv"), "nothing\n");
    context.start();
    template.send("direct:accept-manifest", it -> it.getMessage().setBody(file.toFile()));
    template.send("direct:accept-manifest", it -> it.getMessage().setBody(file.toFile()));
    assertThat(files("rejected")).hasSize(4);
  }

  @Test
  void leavesARejectedManifestThatIsReadInPlaceEvenInAFolderCalledWork() throws Exception {
    Files.createDirectories(home.resolve("mine/.work/today"));
    Path file = Files.writeString(home.resolve("mine/.work/today/m.csv"), "nothing\n");
    context.start();
    template.send("direct:accept-manifest", it -> it.getMessage().setBody(file.toFile()));
    assertThat(files("rejected")).hasSize(2);
    assertThat(file).exists();
  }

  @Test
  void rejectsANameThatIsTooLongForTheOutputs() throws Exception {
    drop("ü".repeat(110) + ".csv", "image_url\nhttps://a.example/1.png\n");
    context.start();
    soon().until(() -> files("rejected").size() == 2);
    assertThat(home.resolve("rejected").resolve(files("rejected").get(1)))
        .content()
        .contains("\"code\" : \"NAME_TOO_LONG\"", "expected at most 200 bytes but found 224\"");
    leavesNothing();
  }

  @ParameterizedTest
  @ValueSource(strings = {"add-rows", "accept-batch"})
  void offersAManifestAgainAfterAFailureOfOurs(String step) throws Exception {
    drop("m.csv", "image_url,tag\n" + ROWS);
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger filesOfClaim = new AtomicInteger();
    weave(
        "accept-manifest",
        route ->
            route
                .weaveById(step)
                .before()
                .process(
                    it -> {
                      if (calls.incrementAndGet() == (step.equals("add-rows") ? 3 : 1)) {
                        filesOfClaim.set(files("inbox/.work").size());
                        throw new IllegalStateException("no space left");
                      }
                    }));
    context.start();
    Batch batch = onlyBatch();
    assertThat(filesOfClaim).hasValue(1);
    assertThat(batch.rows()).isEqualTo(3500);
    assertThat(query("select count(*) from manifest_row")).containsExactly("3500");
    assertThat(query("select count(*) from batch")).containsExactly("1");
    assertThat(inbox(batch)).exists();
    assertThat(files("rejected")).isEmpty();
    assertThat(heldOpen("m.csv")).isFalse();
  }

  @Test
  void keepsAManifestThatCannotBeSetAsideUntilItCan() throws Exception {
    drop("m.csv", "nothing\n");
    AtomicInteger tries = new AtomicInteger();
    weave(
        "reject-manifest",
        route ->
            route
                .weaveById("keep-rejected")
                .before()
                .process(
                    it -> {
                      if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("no space left");
                      }
                    }));
    context.start();
    soon().until(() -> tries.get() == 1);
    assertThat(files("inbox/.work")).hasSize(1);
    soon().until(() -> files("rejected").size() == 2);
    leavesNothing();
  }

  private void leavesNothing() throws Exception {
    soon().until(() -> entries("inbox/.work").isEmpty());
    for (String table : List.of("batch", "manifest_row", "progress", "part")) {
      assertThat(query("select count(*) from " + table)).as(table).containsExactly("0");
    }
  }
}
