package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.sandbox.Arrival;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may have been charged without a usable answer: what the operator is told, and can do. */
class InDoubtAcceptanceTest {
  private static final int ROWS = 24;
  private static final Pattern WORDS =
      Pattern.compile("sent (\\S+Z), (.*); it may have been charged");

  /** Paths at which something goes wrong, and what it is called; each at every second row. */
  private static final Map<String, String> FAULTS = new LinkedHashMap<>();

  static {
    FAULTS.put("hang", "no complete answer within 1s");
    FAULTS.put("drip", "no complete answer within 1s");
    FAULTS.put("reset", "no whole answer came: .+");
    FAULTS.put("reset-mid", "no whole answer came: .+");
    FAULTS.put("huge", "no whole answer came: the answer is larger than .+");
    FAULTS.put("http-502", "answered HTTP 502 without a readable code");
    FAULTS.put("redirect", "answered HTTP 302 without a readable code");
    FAULTS.put("not-json", "answered HTTP 200 without a readable code");
    FAULTS.put("empty", "answered HTTP 200 without a readable code");
    FAULTS.put("no-task-id", "answered code 200 without a detect_task_id");
    FAULTS.put("code-433", "answered code 433, which is not one of the API's: .+");
  }

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench =
        new Workbench(folder)
            .with("facedrop.api.response-timeout", "1s")
            .with("facedrop.gate.trip-after", "100");
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void everyRowInDoubtSaysWhenItWasSentAndWhatWasFound() {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    assertThat(bench.run(faulty("-once"))).isEqualTo(ExitCode.DEAD_LETTERS);

    assertThat(bench.deadLetters()).hasSize(FAULTS.size());
    for (Map<String, String> row : bench.deadLetters()) {
      assertThat(row)
          .containsEntry("facedrop_reason", "IN_DOUBT")
          .containsEntry("facedrop_charged", "unknown");
      Matcher words = WORDS.matcher(row.get("facedrop_message"));
      assertThat(words.matches()).as(row.get("facedrop_message")).isTrue();
      assertThat(Instant.parse(words.group(1))).isBetween(start, Instant.now());
      assertThat(words.group(2)).matches(FAULTS.get(fault(row)));
    }
    bench.assertNothingMissing();
  }

  @Test
  void deadLetterFileThatIsDroppedAgainSendsWhatItHoldsAndNothingElse() {
    Path manifest = faulty("-once");
    assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);
    String batch = bench.onlyBatch().id();
    List<Map<String, String>> dead = bench.deadLetters();
    Map<String, Long> before = posts();

    assertThat(bench.run(bench.files("dead-letter").get(0))).isEqualTo(ExitCode.OK);

    assertThat(since(before))
        .containsOnlyKeys(dead.stream().map(row -> row.get("image_url")).toArray(String[]::new))
        .allSatisfy((url, posts) -> assertThat(posts).as(url).isEqualTo(1));
    assertThat(origins(bench.successes().stream().filter(row -> fault(row) != null).toList()))
        .isEqualTo(
            dead.stream()
                .collect(
                    Collectors.toMap(
                        row -> row.get("n"), row -> batch + ":" + row.get("facedrop_line"))));
  }

  @Test
  void rowThatIsInDoubtAgainAndAgainStillHasItsFirstOrigin() {
    Path manifest = bench.manifest("m.csv", 5, Map.of(2, "http-502-twice", 3, "http-502-once"));
    assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);
    String batch = bench.onlyBatch().id();
    assertThat(bench.run(newestDeadLetters())).isEqualTo(ExitCode.DEAD_LETTERS);
    Map<String, Long> before = posts();

    assertThat(bench.run(newestDeadLetters())).isEqualTo(ExitCode.OK);

    assertThat(since(before)).isEqualTo(Map.of(Workbench.url("http-502-twice", 2), 1L));
    assertThat(origins(bench.successes()))
        .containsEntry("2", batch + ":4")
        .containsEntry("3", batch + ":5");
  }

  @Test
  void rowThatWasOnItsWayWhenFacedropWasKilledSaysSo() {
    bench.with("facedrop.api.response-timeout", "60s");
    Path manifest = bench.manifest("m.csv", 3, Map.of(1, "hang"));
    try (Cli run = new Cli(folder, bench.asOptions(), "run", manifest.toString())) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> bench.sandbox().posts() == 3 && bench.onlyBatch().succeeded() == 2);
      assertThat(run.isAlive()).isTrue();
    }

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

    assertThat(bench.deadLetters()).hasSize(1);
    assertThat(bench.deadLetters().get(0).get("facedrop_message"))
        .matches(
            "to be sent at \\S+Z, but facedrop was killed before an answer was recorded, and maybe"
                + " before it was sent; it may have been charged");
    bench.assertNothingMissing();
  }

  @Test
  void eachRowThatIsSentAgainIsMarkedAndCostsOneMorePost() {
    bench.with("facedrop.in-doubt", "resubmit");

    assertThat(bench.run(faulty("-once"))).isEqualTo(ExitCode.OK);

    List<Map<String, String>> marked = marked();
    assertThat(marked).hasSize(FAULTS.size()).allSatisfy(row -> assertThat(fault(row)).isNotNull());
    assertThat(bench.sandbox().posts() - ROWS).as("surplus").isEqualTo(marked.size());
    assertThat(bench.report().path("rows_possibly_paid_twice").asInt()).isEqualTo(marked.size());
    bench.assertNothingMissing();
  }

  /** Then one mark stands for as many POSTs too many as its row has attempts beside the first. */
  @Test
  void rowThatIsSentAgainSeveralTimesIsMarkedOnceAndItsAttemptsTellHowOften() {
    bench.with("facedrop.in-doubt", "resubmit");
    Path manifest =
        bench.manifest(
            "m.csv",
            10,
            Map.of(
                1,
                "http-502-once",
                2,
                "no-task-id-twice",
                3,
                "reset",
                4,
                "http-502-once/code-422"));

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

    List<Map<String, String>> sentAgain = new ArrayList<>(marked());
    assertThat(sentAgain).extracting(row -> row.get("n")).containsExactlyInAnyOrder("1", "2");
    assertThat(bench.deadLetters())
        .extracting(row -> row.get("n") + " " + row.get("facedrop_reason"))
        .containsExactlyInAnyOrder("3 IN_DOUBT", "4 VALIDATION_ERROR");
    sentAgain.addAll(bench.deadLetters());
    assertThat(bench.report().path("rows_possibly_paid_twice").asInt()).isEqualTo(4);
    assertThat(sentAgain.stream().mapToInt(row -> attempts(row) - 1).sum())
        .isEqualTo(1 + 2 + 2 + 1)
        .isEqualTo((int) bench.sandbox().posts() - 10);
    assertThat(sentAgain)
        .allSatisfy(
            row ->
                assertThat(bench.sandbox().postsOf(row.get("image_url"))).isEqualTo(attempts(row)));
    assertThat(bench.deadLetters().get(0).get("facedrop_message"))
        .endsWith("; it may have been charged, and so may an earlier request of this row");
    bench.assertNothingMissing();
  }

  @Test
  void rowWhoseAttemptsAreUsedUpIsNotSentAgainAndNotMarked() {
    bench.with("facedrop.in-doubt", "resubmit").with("facedrop.retry.max-attempts", "1");

    assertThat(bench.run(faulty("-once"))).isEqualTo(ExitCode.DEAD_LETTERS);

    assertThat(bench.sandbox().posts()).isEqualTo(ROWS);
    assertThat(marked()).isEmpty();
    assertThat(bench.report().path("rows_possibly_paid_twice").asInt()).isZero();
    bench.assertNothingMissing();
  }

  private Path faulty(String times) {
    Map<Integer, String> paths = new HashMap<>();
    FAULTS.keySet().forEach(fault -> paths.put(2 * paths.size(), fault + times));
    return bench.manifest("m.csv", ROWS, paths);
  }

  /** What goes wrong with a row; null for nothing. */
  private static String fault(Map<String, String> row) {
    String token = row.get("image_url").split("/")[3].replaceFirst("-once$", "");
    return FAULTS.containsKey(token) ? token : null;
  }

  private List<Map<String, String>> marked() {
    return bench.successes().stream()
        .filter(row -> row.get("facedrop_possible_duplicate").equals("true"))
        .toList();
  }

  private static int attempts(Map<String, String> row) {
    return Integer.parseInt(row.get("facedrop_attempts"));
  }

  private static Map<String, String> origins(List<Map<String, String>> rows) {
    return rows.stream()
        .collect(Collectors.toMap(row -> row.get("n"), row -> row.get("facedrop_origin")));
  }

  /** The one that bears the most names: each drop adds its own. */
  private Path newestDeadLetters() {
    return Collections.max(
        bench.files("dead-letter"), Comparator.comparing(InDoubtAcceptanceTest::changed));
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Long> posts() {
    return bench.sandbox().journal().stream()
        .filter(arrival -> arrival.imageUrl() != null)
        .collect(Collectors.groupingBy(Arrival::imageUrl, Collectors.counting()));
  }

  private Map<String, Long> since(Map<String, Long> before) {
    Map<String, Long> now = new HashMap<>(posts());
    before.forEach((url, posts) -> now.merge(url, -posts, Long::sum));
    now.values().removeIf(posts -> posts == 0);
    return now;
  }
}
