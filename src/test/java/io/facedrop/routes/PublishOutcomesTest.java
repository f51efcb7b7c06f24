package io.facedrop.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.publish.PreparedLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishOutcomesTest extends RouteTest {
  @Override
  List<String> flows() {
    return List.of("publish-outcomes");
  }

  @Test
  void writesSuccessesAndDeadLettersApartAndArchivesTheManifest() throws Exception {
    Batch batch = claimed("image_url\nhttps://a.example/1.png\nhttps://a.example/2.png\n");
    prepared.settle(
        claimed ->
            claimed.line() == 2
                ? PreparedLedger.success(claimed)
                : PreparedLedger.invalid("blurred"));
    context.start();
    awaitComplete(1);
    String stem = "partner/m." + batch.id();
    assertThat(files("success")).containsExactly(stem + ".success-0001.csv");
    assertThat(files("dead-letter")).containsExactly(stem + ".dead-letter-0001.csv");
    assertThat(files("report")).containsExactly(stem + ".report.html", stem + ".report.json");
    assertThat(files("archive")).containsExactly(archived(batch));
    assertThat(entries("inbox/.work")).isEmpty();
    assertThat(ledger.of(batch).parts())
        .extracting(Part::place)
        .containsExactly(
            home.resolve("success").toString(), home.resolve("dead-letter").toString());
    ledger.of(batch).parts().forEach(this::holdsWhatTheLedgerSays);
  }

  @Test
  void givesNoReaderHalfAFile() throws Exception {
    String tag = "x".repeat(700);
    claimed(
        IntStream.rangeClosed(1, 10_000)
            .mapToObj(i -> "https://a.example/" + i + ".png," + tag + "\n")
            .collect(Collectors.joining("", "image_url,tag\n", "")));
    prepared.settle(PreparedLedger::success);
    Path folder = Files.createDirectories(home.resolve("success/partner"));
    Set<String> temporary = ConcurrentHashMap.newKeySet();
    Set<Long> sizes = ConcurrentHashMap.newKeySet();
    AtomicBoolean ended = new AtomicBoolean();
    Thread reader = new Thread(() -> watch(folder, temporary, sizes, ended));
    reader.start();
    context.start();
    awaitComplete(1);
    ended.set(true);
    reader.join();
    Path file = folder.resolve(files("success/partner").get(0));
    assertThat(sizes).containsOnly(Files.size(file));
    assertThat(temporary).containsExactly("." + file.getFileName());
    holdsWhatTheLedgerSays(ledger.of(onlyBatch()).parts().get(0));
  }

  private static void watch(
      Path folder, Set<String> temporary, Set<Long> sizes, AtomicBoolean ended) {
    while (!ended.get()) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          if (file.getFileName().toString().startsWith(".")) {
            temporary.add(file.getFileName().toString());
          } else {
            sizes.add(Files.size(file));
          }
        }
      } catch (IOException renamed) {
        // It is looked for again.
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"write-successes", "write-dead-letters"})
  void doesNotWriteAPartTwiceThatWasThereBeforeTheLedgerKnew(String step) throws Exception {
    claimed("image_url\nhttps://a.example/1.png\n");
    prepared.settle(
        claimed ->
            step.equals("write-successes")
                ? PreparedLedger.success(claimed)
                : PreparedLedger.invalid("no"));
    AtomicInteger writes = new AtomicInteger();
    Object[] first = new Object[1];
    String folder = step.equals("write-successes") ? "success" : "dead-letter";
    weave(
        "publish-outcomes",
        route ->
            route
                .weaveById(step)
                .after()
                .process(
                    it -> {
                      if (writes.incrementAndGet() == 1) {
                        first[0] = identity(folder);
                        throw new IllegalStateException("killed here");
                      }
                    }));
    context.start();
    awaitComplete(1);
    assertThat(writes).hasValue(2);
    assertThat(identity(folder)).isEqualTo(first[0]);
    holdsWhatTheLedgerSays(ledger.of(onlyBatch()).parts().get(0));
  }

  /** The route is meant to be changed, and each step finds the whole body. */
  @ParameterizedTest
  @CsvSource({
    "before, write-successes",
    "after, write-successes",
    "before, write-dead-letters",
    "after, write-dead-letters"
  })
  void aStepThatReadsTheBodyTakesItFromNobody(String where, String step) throws Exception {
    claimed("image_url\nhttps://a.example/1.png\nhttps://a.example/2.png\n");
    prepared.settle(
        claimed ->
            claimed.line() == 2 ? PreparedLedger.success(claimed) : PreparedLedger.invalid("no"));
    String copies = "file:" + home.resolve("copies");
    weave(
        "publish-outcomes",
        route -> {
          if (where.equals("before")) {
            route.weaveById(step).before().to(copies);
          } else {
            route.weaveById(step).after().to(copies).setBody(it -> "another");
          }
        });
    context.start();
    awaitComplete(1);
    ledger.of(onlyBatch()).parts().forEach(this::holdsWhatTheLedgerSays);
    String folder = step.equals("write-successes") ? "success" : "dead-letter";
    for (String name : files(folder)) {
      assertThat(home.resolve("copies").resolve(name))
          .hasSameBinaryContentAs(home.resolve(folder).resolve(name));
    }
  }

  @Test
  void aPartThatAStepHasChangedIsNotPublished() throws Exception {
    Batch batch = claimed("image_url\nhttps://a.example/1.png\n");
    prepared.settle(PreparedLedger::success);
    AtomicInteger writes = new AtomicInteger();
    weave(
        "publish-outcomes",
        route ->
            route
                .weaveById("write-successes")
                .before()
                .process(
                    it -> {
                      if (writes.incrementAndGet() == 1) {
                        it.getMessage().setBody("");
                      }
                    }));
    context.start();
    awaitComplete(1);
    assertThat(writes).hasValue(2);
    ledger.of(batch).parts().forEach(this::holdsWhatTheLedgerSays);
  }

  @Test
  void writesAPartAgainOfWhichOnlyHalfSurvived() throws Exception {
    Batch batch = claimed("image_url\nhttps://a.example/1.png\n");
    prepared.settle(PreparedLedger::success);
    PreparedLedger.manifest(
        home.resolve("success/partner/m." + batch.id() + ".success-0001.csv"), "image_u");
    context.start();
    awaitComplete(1);
    holdsWhatTheLedgerSays(ledger.of(batch).parts().get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"success", "dead-letter", "archive", "report"})
  void waitsForAnOutputThatCannotBeWrittenAndReportsLast(String blocked) throws Exception {
    Path inTheWay = Files.writeString(home.resolve(blocked), "a file in the place of a folder");
    Batch batch = claimed("image_url\nhttps://a.example/1.png\nhttps://a.example/2.png\n");
    prepared.settle(
        claimed ->
            claimed.line() == 2 ? PreparedLedger.success(claimed) : PreparedLedger.invalid("no"));
    AtomicInteger tries = new AtomicInteger();
    weave(
        "publish-outcomes",
        route ->
            route
                .weaveAddFirst()
                .process(
                    it -> {
                      if (blocked.equals(it.getVariable("output"))) {
                        tries.incrementAndGet();
                      }
                    }));
    context.start();
    soon().until(() -> tries.get() == 2);
    assertThat(ledger.batch(batch.number()).orElseThrow().complete()).isFalse();
    assertThat(files("report")).isEmpty();
    if (!blocked.equals("report")) {
      assertThat(files("archive")).isEmpty();
      assertThat(batch.source()).exists();
    }
    Files.delete(inTheWay);
    awaitComplete(1);
    ledger.of(batch).parts().forEach(this::holdsWhatTheLedgerSays);
    assertThat(files("report")).hasSize(2);
    assertThat(files("archive")).hasSize(1);
  }

  @Test
  void writesTheSumsLastAndBothAgainAfterACrashBetweenThem() throws Exception {
    Batch batch = claimed("image_url\nhttps://a.example/1.png\n");
    prepared.settle(PreparedLedger::success);
    List<List<String>> there = new CopyOnWriteArrayList<>();
    weave(
        "publish-report",
        route ->
            route
                .weaveById("write-report")
                .before()
                .process(
                    it -> {
                      there.add(files("report"));
                      if (there.size() == 1) {
                        throw new IllegalStateException("killed here");
                      }
                    }));
    context.start();
    awaitComplete(1);
    String stem = "partner/m." + batch.id() + ".report.";
    assertThat(there).containsExactly(List.of(stem + "html"), List.of(stem + "html"));
    assertThat(files("report")).containsExactly(stem + "html", stem + "json");
    JsonNode sums = new ObjectMapper().readTree(home.resolve("report/" + stem + "json").toFile());
    assertThat(Files.readString(home.resolve("report/" + stem + "html")))
        .contains("<title>" + batch.id())
        .contains(clock(sums.get("accepted_at")) + " and complete")
        .contains(clock(sums.get("completed_at")) + " UTC");
  }

  private static String clock(JsonNode time) {
    return time.textValue().substring("2026-11-22T".length(), "2026-11-22T09:58:41".length());
  }

  @Test
  void goesOnWithoutAManifestThatVanished() throws Exception {
    Batch batch = claimed("image_url\nhttps://a.example/1.png\n");
    prepared.settle(PreparedLedger::success);
    Files.delete(batch.source());
    context.start();
    awaitComplete(1);
    assertThat(files("archive")).isEmpty();
    assertThat(files("report")).hasSize(2);
    assertThat(entries("inbox/.work")).isEmpty();
  }

  @Test
  void writesOnlyAReportForAManifestWithoutRows() throws Exception {
    prepared.accept(PreparedLedger.manifest(home.resolve("none.txt"), "# nothing today\n"));
    context.start();
    awaitComplete(1);
    assertThat(files("report")).hasSize(2);
    assertThat(files("success")).isEmpty();
    assertThat(files("dead-letter")).isEmpty();
    assertThat(home.resolve("none.txt")).exists();
  }

  private Batch claimed(String content) throws IOException {
    return prepared.accept(
        PreparedLedger.manifest(home.resolve("inbox/.work/claim-1/partner/m.csv"), content),
        "partner/",
        true);
  }

  private static String archived(Batch batch) {
    return "partner/"
        + LocalDate.ofInstant(batch.acceptedAt(), ZoneOffset.UTC)
        + "/"
        + batch.id()
        + "-m.csv";
  }

  private Object identity(String folder) throws IOException {
    Path file = home.resolve(folder).resolve(files(folder).get(0));
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return List.of(attributes.fileKey(), attributes.lastModifiedTime());
  }

  private void holdsWhatTheLedgerSays(Part part) {
    Path file = home.resolve(part.output().word()).resolve(part.file());
    try {
      assertThat(Manifest.sha256(file)).isEqualTo(part.sha256());
      assertThat(Files.readAllLines(file)).hasSize((int) part.rows() + 1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
