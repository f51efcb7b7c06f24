package io.facedrop.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.facedrop.integration.Integration;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hostile answers of {@code fates.csv}, each given to a row of its own over a real socket; the
 * rows bear keys that are named as headers.
 */
class HostileAnswersTest {
  private static final Map<String, String> IMPATIENT =
      Map.ofEntries(
          Map.entry("facedrop.retry.max-attempts", "2"),
          Map.entry("facedrop.retry.initial-delay", "10ms"),
          Map.entry("facedrop.gate.probe-interval", "10ms"),
          Map.entry("facedrop.gate.max-pause", "100ms"),
          Map.entry("facedrop.faces.poll-ages", "20ms"),
          Map.entry("facedrop.faces.poll-interval", "50ms"));

  private static final Pattern HOW =
      Pattern.compile(
          "(?<method>POST|GET) (?<status>\\d+)(?<once> once)?( (?<name>\\S+): (?<value>.*))?");

  private static final Set<String> HEADERS =
      Set.of(
          "x-api-key",
          "content-type",
          "content-length",
          "accept",
          "accept-encoding",
          "host",
          "connection",
          "user-agent");

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path outside;
  private static HostileHouse house;
  private static HttpServer server;
  private static Ledger ledger;
  private static Batch batch;
  private static final Map<Integer, String> FATES = new HashMap<>();
  private static final AtomicLong REQUESTS = new AtomicLong();
  private static final Set<String> STRAYS = ConcurrentHashMap.newKeySet();
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  @BeforeAll
  static void askForEverything() throws Exception {
    house = HostileHouse.in(outside);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", HostileAnswersTest::answer);
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    URI api = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    var settings = house.settings(api, IMPATIENT);
    ledger = Ledger.open(settings.ledgerUrl(), Clock.systemUTC());
    ledger.work().workOn(null);
    Path manifest = Files.createDirectories(outside.resolve("elsewhere")).resolve("m.jsonl");
    Files.writeString(manifest, rows());
    try (Integration integration = Integration.run(settings, ledger)) {
      integration.accept(manifest);
      await()
          .atMost(Duration.ofMinutes(2))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> ledger.newestBatches(1).get(0).complete());
    } catch (ConditionTimeoutException late) {
      // Each fate is looked at by itself.
    }
    batch = ledger.newestBatches(1).get(0);
    read("success");
    read("dead-letter");
  }

  @AfterAll
  static void close() {
    server.stop(0);
    ledger.close();
  }

  static List<Fate> answers() {
    return Fate.of("answer");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void answerMeetsItsFate(Fate fate) {
    assertThat(FATES.getOrDefault(fate.number(), "open")).isEqualTo(fate.fate());
  }

  @Test
  void nothingIsLostLeftOrOutside() throws Exception {
    house.addsUp(ledger);
    house.nothingIsOutside();
    house.keyIsNowhere();
    assertThat(batch.requests()).isEqualTo(REQUESTS.get());
  }

  @Test
  void nobodyElseIsAskedAndNoDataBecomesAHeader() {
    assertThat(STRAYS).isEmpty();
  }

  @Test
  void expressionsComeOutAsTheyAre() throws Exception {
    String dead = Files.readString(house.parts(batch, "dead-letter").get(0));
    assertThat(dead)
        .contains("\"facedrop_message\":\"${env:PATH} {{facedrop.api.key}} #{1+1}\"")
        .contains("your key is ***");
    assertThat(Files.readString(house.parts(batch, "success").get(0)))
        .contains("{\"id\":\"${body}\",\"link\":\"{{facedrop.api.key}}\"}")
        .contains("\"facedrop_detect_task_id\":\"${body}\"");
  }

  private static String rows() {
    StringBuilder rows = new StringBuilder();
    // The first shows that the address is right.
    rows.append("{\"image_url\":\"https://a.example/0\"}\n");
    for (Fate fate : answers()) {
      ObjectNode row = JSON.createObjectNode();
      row.put("CamelHttpUri", "http://evil.example/");
      row.put("x-api-key", "stolen");
      row.put("CamelFileName", "../../escaped.jsonl");
      row.put("image_url", "https://a.example/" + fate.number());
      row.put("X-Evil", "{{facedrop.api.key}}");
      rows.append(row).append('\n');
    }
    return rows.toString();
  }

  private static void read(String output) throws IOException {
    for (Path part : house.parts(batch, output)) {
      for (String line : Files.readAllLines(part)) {
        JsonNode row = JSON.readTree(line);
        int number = Integer.parseInt(row.path("image_url").asText().replaceAll(".*/", ""));
        FATES.put(
            number,
            output.equals("success")
                ? "success " + row.path("facedrop_face_count").asText()
                : "dead "
                    + row.path("facedrop_reason").asText()
                    + " "
                    + row.path("facedrop_code").asText("-").replace("null", "-"));
      }
    }
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    inspect(exchange);
    int number =
        exchange.getRequestMethod().equals("POST")
            ? Integer.parseInt(JSON.readTree(body).path("image_url").asText().replaceAll(".*/", ""))
            : polled(String.valueOf(exchange.getRequestURI().getRawQuery()));
    Fate fate = answers().stream().filter(it -> it.number() == number).findFirst().orElse(null);
    Matcher how = HOW.matcher(fate == null ? "" : fate.how());
    boolean hostile =
        how.matches()
            && how.group("method").equals(exchange.getRequestMethod())
            && (GIVEN.add(number) || how.group("once") == null);
    if (hostile && how.group("name") != null) {
      exchange.getResponseHeaders().add(how.group("name"), how.group("value"));
    }
    byte[] answer = hostile ? hostile(fate) : good(number).getBytes(UTF_8);
    exchange.sendResponseHeaders(
        hostile ? Integer.parseInt(how.group("status")) : 200,
        answer.length == 0 ? -1 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static byte[] hostile(Fate fate) throws IOException {
    byte[] content = fate.content();
    String text = new String(content, UTF_8);
    return text.contains("@KEY@")
        ? text.replace("@KEY@", HostileHouse.KEY).getBytes(UTF_8)
        : content;
  }

  private static String good(int number) {
    return """
        {"code": 200, "message": "success", "data": {"detect_task_id": "t%d",
         "status": "succeeded", "result": {"id": "d", "faces": []}}}
        """
        .formatted(number);
  }

  private static int polled(String query) {
    Matcher ours = Pattern.compile("detect_task_id=t(\\d+)").matcher(query);
    return ours.matches() ? Integer.parseInt(ours.group(1)) : 0;
  }

  private static void inspect(HttpExchange exchange) {
    REQUESTS.incrementAndGet();
    String path = exchange.getRequestURI().getPath();
    if (!path.matches("/api/v1/client/job/detect-face-(image|result)")) {
      if (path.endsWith("/balance")) {
        REQUESTS.decrementAndGet();
      } else {
        STRAYS.add(path);
      }
    }
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!HEADERS.contains(name.toLowerCase(java.util.Locale.ROOT))
                  || values.contains("stolen")) {
                STRAYS.add(name + ": " + values);
              }
            });
  }
}
