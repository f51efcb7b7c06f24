package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve} shows over HTTP and in its log, as packaged. */
class ConsoleAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Path MANUAL = Path.of("src/docs/monitoring.md");
  private static final Path DASHBOARD = Path.of("src/docs/monitoring/dashboard.json");
  private static final Pattern METRIC = Pattern.compile("facedrop_[a-z_]+");

  @TempDir Path folder;
  private StrangeApi api;
  private Installation facedrop;

  @BeforeEach
  void start() {
    api = new StrangeApi();
    facedrop =
        new Installation(folder, api.uri().toString())
            .with("facedrop.console.port", "0")
            .with("facedrop.api.rate", "100/s")
            .with("facedrop.publish.interval", "200ms");
  }

  @AfterEach
  void stop() {
    facedrop.close();
    api.close();
  }

  @Test
  void countsWhatBecameOfRowsAndRequestsAndPleasesPrometheus() throws Exception {
    api.behave(
        request ->
            request.creates() && request.url().contains("/bad/")
                ? StrangeApi.Reply.code(422)
                : api.usual(request));
    api.tasksTake(Duration.ZERO);
    Cli serve = facedrop.start("serve");
    Console console = Console.of(serve);
    drop("m.csv", 12, Map.of(3, "bad", 4, "bad"));
    await()
        .atMost(PATIENCE)
        .until(() -> console.metric("facedrop_batches_open") == 0 && isComplete(serve));

    String rows = "facedrop_rows_total{outcome=\"%s\",reason=\"%s\"}";
    assertThat(console.metric(rows.formatted("success", "none"))).isEqualTo(10);
    assertThat(console.metric(rows.formatted("dead-letter", "VALIDATION_ERROR"))).isEqualTo(2);
    assertThat(console.metric("facedrop_requests_total{code=\"200\",kind=\"create\"}"))
        .isEqualTo(10);
    assertThat(console.metric("facedrop_requests_total{code=\"422\",kind=\"create\"}"))
        .isEqualTo(2);
    assertThat(console.metric("facedrop_request_seconds_count{kind=\"query\"}"))
        .isEqualTo(api.journal().stream().filter(it -> it.request().queries()).count());
    assertThat(console.metric("facedrop_rows_open")).isZero();
    assertThat(console.get("health/live").statusCode()).isEqualTo(200);
    assertThat(console.get("health/ready").statusCode()).isEqualTo(200);
    assertThat(console.metrics()).doesNotContain(Installation.KEY, "images.example.com");
    pleasesPrometheus(console.metrics());
    isAllInTheManual(console.metrics());
    assertThat(serve.terminate()).isZero();
    saysWhatIsOut(serve.err());
  }

  private static boolean isComplete(Cli serve) {
    return serve.err().contains("is complete: 12 rows = 10 succeeded + 2 dead letters");
  }

  private static void saysWhatIsOut(String log) {
    assertThat(log)
        .containsPattern("INFO \\w+ - m\\.[-\\w]+\\.success-0001\\.csv is out, \\d+ rows\n")
        .containsPattern("INFO \\w+ - m\\.[-\\w]+\\.dead-letter-0001\\.csv is out, \\d+ rows\n")
        .containsPattern("INFO \\w+ - m\\.[-\\w]+\\.report\\.json is out\n")
        .doesNotContain("/fine/", "WARN");
  }

  private void pleasesPrometheus(String metrics) throws Exception {
    promtool(Files.writeString(folder.resolve("metrics.txt"), metrics), "check", "metrics");
    promtool(null, "check", "rules", Prometheus.RULES.toString());
  }

  private void promtool(Path input, String... arguments) throws Exception {
    Path said = folder.resolve("promtool.txt");
    ProcessBuilder promtool =
        new ProcessBuilder("promtool").redirectErrorStream(true).redirectOutput(said.toFile());
    promtool.command().addAll(List.of(arguments));
    if (input != null) {
      promtool.redirectInput(input.toFile());
    }
    assertThat(promtool.start().waitFor()).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).doesNotContain("metric names", "suffix", "FAILED");
  }

  /** Neither the manual nor the dashboard nor an alert names what is not there. */
  private static void isAllInTheManual(String metrics) throws IOException {
    Set<String> shown =
        names(metrics.lines().filter(it -> it.startsWith("# TYPE ")).toList().toString());
    shown.removeIf(name -> name.endsWith("_max"));
    String table =
        Files.readAllLines(MANUAL).stream()
            .filter(line -> line.startsWith("| `facedrop_"))
            .collect(Collectors.joining("\n"));
    Set<String> described = names(table);
    described.remove("facedrop_sftp_failing");
    assertThat(shown).isEqualTo(described);
    shown.add("facedrop_sftp_failing");
    assertThat(shown).containsAll(names(Files.readString(Prometheus.RULES)));
    assertThat(shown).containsAll(names(Files.readString(DASHBOARD).replace("_bucket", "")));
  }

  private static Set<String> names(String text) {
    return METRIC
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aChosenPortThatIsTakenIsAFaultOfTheConfiguration() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      facedrop.with("facedrop.console.port", String.valueOf(taken.getLocalPort()));
      Cli serve = facedrop.start("serve");

      assertThat(serve.exitCode()).as(serve.said()).isEqualTo(2);
      assertThat(serve.err())
          .contains("facedrop: facedrop.console.port: cannot listen on 127.0.0.1 port ");
    }
  }

  @Test
  void onlyServeOpensThePort() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      facedrop.with("facedrop.console.port", String.valueOf(taken.getLocalPort()));
      Path manifest = facedrop.manifest("m.csv", 1, Map.of());

      assertThat(facedrop.start("run", manifest.toString()).exitCode()).isZero();
      assertThat(facedrop.start("check").exitCode()).isZero();
      assertThat(facedrop.start("status").exitCode()).isZero();
    }
  }

  @Test
  void anotherHostWithoutATokenStartsNothing() {
    facedrop.with("facedrop.console.host", "0.0.0.0");
    Cli serve = facedrop.start("serve");

    assertThat(serve.exitCode()).as(serve.said()).isEqualTo(2);
    assertThat(serve.err())
        .contains(
            "facedrop.console.token-file must name", "facedrop.console.allowed-hosts must name");
  }

  @Test
  void eachLineOfTheLogIsOneObjectWhereThatIsWanted() throws Exception {
    facedrop
        .with("facedrop.log.format", "json")
        .with("facedrop.node.name", "box-7")
        .with("facedrop.inbox.done-file", "${file:name}.done");
    Cli serve = facedrop.start("-Dorg.slf4j.simpleLogger.log.org.apache.camel=debug", "serve");
    await().atMost(PATIENCE).until(() -> serve.err().contains("watching "));
    drop("m.csv", 3, Map.of());
    facedrop.write("data/inbox/m.csv.done", "");
    await().atMost(PATIENCE).until(() -> serve.err().contains("is complete"));
    assertThat(serve.terminate()).isZero();

    List<String> lines = serve.err().lines().toList();
    assertThat(lines).hasSizeGreaterThan(20).noneMatch(line -> line.contains(Installation.KEY));
    for (String line : lines) {
      JsonNode object = new ObjectMapper().readTree(line);
      assertThat(List.of("time", "level", "logger", "message"))
          .allMatch(field -> !object.path(field).asText().isEmpty());
      assertThat(object.path("node").asText()).isEqualTo("box-7");
    }
    assertThat(serve.out()).isEmpty();
  }

  @Test
  void theLogSaysThatABatchWasCancelled() throws Exception {
    facedrop.with("facedrop.api.rate", "1/s");
    Cli serve = facedrop.start("serve");
    drop("m.csv", 500, Map.of());
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                !facedrop.ledger().texts("select id from batch").isEmpty()
                    && facedrop.ledger().texts("select id from batch").get(0) != null);
    String batch = facedrop.ledger().texts("select id from batch").get(0);

    assertThat(facedrop.start("cancel", batch).exitCode()).isZero();

    await()
        .atMost(PATIENCE)
        .until(() -> serve.err().contains("batch " + batch + " was cancelled: "));
  }

  private void drop(String name, int rows, Map<Integer, String> words) throws IOException {
    Path manifest = facedrop.manifest(name + ".part", rows, words);
    Path inbox = Files.createDirectories(folder.resolve("data/inbox"));
    Files.move(manifest, inbox.resolve(name));
  }
}
