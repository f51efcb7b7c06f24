package io.facedrop.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.facedrop.command.ExitCode;
import io.facedrop.files.Tree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the manual's page on routes, as they stand there. */
@Timeout(120)
class AdaptedRoutesAcceptanceTest {
  private static final Path MANUAL = Path.of("src/docs/adapting-the-routes.md");
  private static final Path DELIVERED = Path.of("routes");
  private static final Pattern EXAMPLE =
      Pattern.compile("```yaml\n# (\\S+), (before|after|a file of its own) ?(\\S*)\n(.*?)```", 32);

  private static final String MANIFEST =
      """
      image_url,tenant,callback_id
      https://images.example.com/1.jpg,東京 Łódź,"a ""b"", c"
      "https://images.example.com/2,x(y)'z.jpg","south
      x-api-key: injected",${body}
      """;

  @TempDir Path folder;
  private final ObjectMapper json = new ObjectMapper();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private HttpServer api;
  private HttpServer hook;

  private record Request(Headers headers, String body) {}

  private record Example(String file, String where, String id, String steps) {}

  @BeforeEach
  void start() throws IOException {
    api = server(this::answer);
    hook = server(AdaptedRoutesAcceptanceTest::echo);
  }

  @AfterEach
  void stop() {
    api.stop(0);
    hook.stop(0);
  }

  private static HttpServer server(HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/", handler);
    server.start();
    return server;
  }

  private static void echo(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().add("x-answered", "yes");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    requests.add(new Request(exchange.getRequestHeaders(), body));
    byte[] answer =
        "{\"code\":200,\"message\":\"\",\"data\":{\"balance\":9,\"detect_task_id\":\"t-%d\"}}"
            .formatted(requests.size())
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void examplesOfTheManualDoWhatTheySay() throws Exception {
    try (Installation facedrop = installed()) {
      List<Example> examples = examples();
      assertThat(examples).hasSize(6);
      adapt(facedrop, examples);
      facedrop.write("m.csv", MANIFEST);

      Cli run = facedrop.startBeside(signer(), "run", "m.csv");
      assertThat(run.exitCode()).as(run.said()).isZero();

      assertThat(requests).hasSize(2);
      assertThat(values("x-tenant"))
          .containsExactlyInAnyOrder("東京 Łódź", "south x-api-key: injected");
      assertThat(requests).allMatch(sent -> sent.headers().get("x-api-key").size() == 1);
      assertThat(values("x-signature"))
          .containsExactlyInAnyOrderElementsOf(
              requests.stream().map(sent -> "acme " + sent.body().length()).toList());
      assertThat(bodies())
          .extracting(
              body -> body.size() + body.path("image_url").asText(),
              body -> body.path("callback_id").asText())
          .containsExactlyInAnyOrder(
              tuple("2https://images.example.com/1.jpg", "a \"b\", c"),
              tuple("2https://images.example.com/2,x(y)'z.jpg", "${body}"));
      assertThat(run.said())
          .contains(
              "https://images.example.com/1.jpg was answered 200",
              "routes from ./routes: detect-faces.camel.yaml (changed),"
                  + " publish-outcomes.camel.yaml (changed), signer.camel.yaml (added)")
          .doesNotContain("WARN", "ERROR");
      assertThat(Tree.wholeFiles(folder.resolve("data/copies"))).isNotEmpty();
    }
  }

  @Test
  void aPropertyOfOnesOwnComesFromTheFileTheEnvironmentOrTheCommandLine() {
    String steps =
        """
        - setHeader:
            name: x-sign
            constant: "{{erp.sign}}"
        """;
    try (Installation facedrop = installed().with("erp.sign", "of the file")) {
      adapt(
          facedrop, List.of(new Example("detect-faces.camel.yaml", "before", "post-image", steps)));
      facedrop.write("m.csv", MANIFEST);

      Cli run = facedrop.start("run", "m.csv");
      assertThat(run.exitCode()).as(run.said()).isZero();
      assertThat(values("x-sign")).containsOnly("of the file");
      requests.clear();
      facedrop.withVariable("ERP_SIGN", "of the environment");
      facedrop.write("n.csv", MANIFEST.replace("example", "example.n"));
      assertThat(facedrop.start("run", "n.csv").exitCode()).isZero();
      assertThat(values("x-sign")).containsOnly("of the environment");
      requests.clear();
      facedrop.write("o.csv", MANIFEST.replace("example", "example.o"));
      assertThat(facedrop.start("-Derp.sign=typed", "run", "o.csv").exitCode()).isZero();
      assertThat(values("x-sign")).containsOnly("typed");
    }
  }

  @Test
  void aRouteThatBeginsAtTheServerIsLeftOutWhereThereIsNone() {
    String served =
        """
        - route:
            id: hello
            from:
              uri: platform-http:/hello
              parameters:
                headerFilterStrategy: "#consoleHeaders"
              steps:
                - setBody:
                    constant:
                      expression: hello
        """;
    try (Installation facedrop = installed()) {
      facedrop.write("routes/hello.camel.yaml", served);
      facedrop.write("m.csv", MANIFEST);

      Cli check = facedrop.start("check");
      assertThat(check.exitCode()).as(check.said()).isZero();
      Cli run = facedrop.start("run", "m.csv");
      assertThat(run.exitCode()).as(run.said()).isZero();
      assertThat(run.err())
          .contains(
              "./routes/hello.camel.yaml is left out: a route of it begins at platform-http:");
      Cli without = facedrop.start("serve");
      await().until(() -> without.err().contains("watching "));
    }
  }

  @Test
  void checkNamesWhatARowDoesNotHave() {
    try (Installation facedrop = installed()) {
      String steps =
          """
          - setHeader:
              id: note
              name: x-note
              simple: "${body.imageUrl} ${body.line} ${body.class} ${body.imageURL}"
          """;
      adapt(
          facedrop,
          List.of(new Example("detect-faces.camel.yaml", "before", "image-url-as-json", steps)));

      Cli check = facedrop.start("check");

      assertThat(check.exitCode()).as(check.said()).isZero();
      assertThat(check.out())
          .contains("routes         can be built: detect-faces.camel.yaml (changed)\n")
          .containsOnlyOnce("a row has no")
          .contains(
              "route detect-faces, step note: a row has no imageURL, which ${body.imageURL} asks"
                  + " for, unless a step before has set another body; it has id, imageUrl, line,");
    }
  }

  @Test
  void whatIsNotSentIsTold() {
    try (Installation facedrop = installed()) {
      String steps =
          """
          - to:
              uri: http://127.0.0.1:%d/hook
          - setHeader:
              name: host
              constant: elsewhere
          - setHeader:
              name: x-note
              simple: "${variable.columns[tenat]}"
          - setVariable:
              id: mine
              name: noted
              constant: "yes"
          - setHeader:
              id: other-note
              name: x-other
              simple: "${variable.noted} ${variable.colums[tenant]} ${variable.global:any}"
          """
              .formatted(hook.getAddress().getPort());
      String unread =
          "routes         ./routes/detect-faces.yaml is not read: the name of a route file ends"
              + " with .camel.yaml; rename it\n"
              + "routes         ./routes/sub/collect-faces.camel.yaml is not read: a route file lies"
              + " in ./routes itself, not in a folder below; move it there\n"
              + "routes         ./routes/sub/deep/mine.yml is not read: a route file lies in ./routes"
              + " itself, not in a folder below; move it there, and let its name end with"
              + " .camel.yaml\n";
      facedrop.write("routes/detect-faces.yaml", "");
      facedrop.write("routes/sub/collect-faces.camel.yaml", "");
      facedrop.write("routes/sub/deep/mine.yml", "");
      facedrop.write("routes/..2026_11_30/detect-faces.camel.yaml", "");
      Cli unchanged = facedrop.start("check");
      assertThat(unchanged.exitCode()).as(unchanged.said()).isZero();
      assertThat(unchanged.out()).contains(unread);
      adapt(
          facedrop,
          List.of(new Example("detect-faces.camel.yaml", "after", "image-url-as-json", steps)));
      facedrop.write("m.csv", MANIFEST);

      Cli check = facedrop.start("check", "m.csv");
      assertThat(check.exitCode()).as(check.said()).isZero();
      assertThat(check.out())
          .contains(
              "routes         can be built: detect-faces.camel.yaml (changed)",
              unread,
              "no column    tenat, which a step of the routes asks for");
      assertThat(check.out())
          .containsOnlyOnce("nothing sets the variable")
          .contains(
              "route detect-faces, step other-note: nothing sets the variable colums, unless a bean"
                  + " of yours does; there are admission, answer, batch, code, columns, ");
      assertThat(folder.resolve("data/inbox")).doesNotExist();
      requests.clear();
      Cli run = facedrop.start("run", "m.csv");

      assertThat(run.exitCode()).as(run.said()).isZero();
      assertThat(values("x-answered")).containsOnlyNulls();
      assertThat(run.said())
          .contains(
              "the header X-answered is not sent to the API: no setHeader step names it (route"
                  + " detect-faces)",
              "the header host is not sent to the API: the HTTP client writes its own",
              "; it gets none. The columns there are image_url, tenant, callback_id")
          .containsPattern(
              "a step asks for the column tenat, which the row \\S+Z-[0-9a-f]{8}:\\d+ does not have");
    }
  }

  @Test
  void checkNamesTheRowsOfAJsonManifestThatLackAColumn() {
    String steps =
        """
        - setHeader:
            name: x-tenant
            simple: "${variable.columns[tenant]}"
        """;
    try (Installation facedrop = installed()) {
      adapt(
          facedrop, List.of(new Example("detect-faces.camel.yaml", "before", "post-image", steps)));
      facedrop.write(
          "m.jsonl",
          """
          {"image_url":"https://images.example.com/1.jpg","tenant":"acme"}
          {"image_url":"https://images.example.com/2.jpg"}
          {"image_url":"https://images.example.com/3.jpg","tennant":"acme"}
          """);

      Cli check = facedrop.start("check", "m.jsonl");

      assertThat(check.exitCode()).as(check.said()).isZero();
      assertThat(check.out())
          .contains(
              "no column    tenant in 2 rows, the first on line 2; a step of the routes asks for it\n");
    }
  }

  @Test
  void aRouteThatFailsForEveryRowWantsAnOperator() {
    String steps =
        """
        - setHeader:
            name: x-note
            simple: "${body.imageURL}"
        """;
    try (Installation facedrop = installed()) {
      adapt(
          facedrop, List.of(new Example("detect-faces.camel.yaml", "before", "post-image", steps)));
      facedrop.write("data/inbox/m.csv", MANIFEST);
      Cli serve = facedrop.start("serve");
      await().until(() -> serve.err().contains("pausing for"));

      Cli status = facedrop.start("status", "--check");

      assertThat(status.exitCode()).as(status.said()).isEqualTo(ExitCode.RESUMABLE);
      assertThat(status.out())
          .contains("! a step of the routes fails for rows, so none is sent (")
          .contains("): correct the file in ./routes, look at it with check, and restart facedrop")
          .doesNotContain("Exchange[")
          .doesNotContain("io.facedrop");
    }
  }

  @Test
  void addedRoutesWorkWithTheDeliveredOnes() throws IOException {
    try (Installation facedrop = installed()) {
      String added =
          """
          - route:
              id: mine
              from:
                uri: file:lying?initialDelay=0
                steps:
                  - log: ${variable.noted} ${variable.noed}
                  - to: direct:accept-manifest
                  - to: direct:branch-on-other-codes
          """;
      String note =
          """
          - setVariable:
              name: noted
              constant: "yes"
          """;
      adapt(
          facedrop, List.of(new Example("detect-faces.camel.yaml", "before", "post-image", note)));
      facedrop.write("routes/..2026_11_30/mine.camel.yaml", added);
      asKubernetesMountsIt();
      Path lying = facedrop.write("lying/any.csv", MANIFEST);

      Cli check = facedrop.start("check");

      assertThat(check.exitCode()).as(check.said()).isZero();
      assertThat(check.out())
          .contains(
              "routes         can be built: detect-faces.camel.yaml (changed), mine.camel.yaml (added)\n")
          .doesNotContain("is not read");
      assertThat(check.out())
          .containsOnlyOnce("nothing sets the variable")
          .contains("route mine, step log: nothing sets the variable noed");
      assertThat(lying).exists();
    }
  }

  /** The folder is a link, and so is the file in it. */
  private void asKubernetesMountsIt() throws IOException {
    Path routes = folder.resolve("routes");
    Files.createSymbolicLink(routes.resolve("..data"), Path.of("..2026_11_30"));
    Files.createSymbolicLink(routes.resolve("mine.camel.yaml"), Path.of("..data/mine.camel.yaml"));
    Files.move(routes, folder.resolve("elsewhere"));
    Files.createSymbolicLink(routes, Path.of("elsewhere"));
  }

  @Test
  void aChangedQueryOfTheBalanceIsUsed() {
    try (Installation facedrop = installed()) {
      facedrop.write(
          "routes/mine.camel.yaml",
          """
          - route:
              id: note
              from:
                uri: direct:note
                steps:
                  - setHeader:
                      name: x-note
                      simple: ${variable.{{env:NOTED}}}
          - route:
              id: mine
              from:
                uri: file:lying?initialDelay=0
                steps:
                  - to: direct:accept-manifest
          """);
      String steps =
          """
          - setVariable:
              name: "{{env:NOTED}}"
              constant: noted
          - to: direct:note
          """;
      adapt(
          facedrop.withVariable("NOTED", "mine"),
          List.of(new Example("read-balance.camel.yaml", "before", "get-balance", steps)));
      Path lying = facedrop.write("lying/any.csv", MANIFEST);

      Cli check = facedrop.start("check");

      assertThat(check.exitCode()).as(check.said()).isZero();
      assertThat(check.said()).doesNotContain("nothing sets the variable");
      assertThat(values("x-note")).containsExactly("noted");
      assertThat(lying).exists();
    }
  }

  @Test
  void checkNamesABrokenFile() {
    try (Installation facedrop = installed()) {
      Map<String, String> faults =
          Map.of(
              "- route:\n    from:\n      uri: direct:x\n      steps:\n        - sing: {}\n",
              "broken.camel.yaml",
              "- route:\n    from:\n      uri: nowhere:x\n      steps:\n        - log: x\n",
              "nowhere",
              "- route:\n    from:\n      uri: direct:x\n      steps:\n        - bean: nobody\n",
              "look into ./routes: broken.camel.yaml (added)",
              "- route:\n    id: x\n    from:\n      uri: timer:x\n      steps:\n        - to: direct:branch-on-other-code\n",
              "leads to direct:branch-on-other-code, where no route begins",
              "- route:\n    id: x\n    from:\n      uri: direct:x\n      steps:\n        - setBody:\n            id: y\n"
                  + "            simple:\n              expression: ${mapp(a, ${body})}\n",
              "route x, step y: Unknown function: mapp, in ${mapp(a, ${body})}");
      faults.forEach(
          (yaml, named) -> {
            facedrop.write("routes/broken.camel.yaml", yaml);
            Cli check = facedrop.start("check");
            assertThat(check.exitCode()).as(check.said()).isEqualTo(2);
            assertThat(check.said()).contains("the routes could not be started").contains(named);
          });
      assertThat(requests).isEmpty();
    }
  }

  private Installation installed() {
    return new Installation(folder, "http://127.0.0.1:" + api.getAddress().getPort())
        .with("facedrop.faces.await", "false")
        .with("facedrop.api.rate", "unlimited");
  }

  private static List<Example> examples() throws IOException {
    List<Example> examples = new ArrayList<>();
    Matcher example = EXAMPLE.matcher(Files.readString(MANUAL));
    while (example.find()) {
      examples.add(
          new Example(example.group(1), example.group(2), example.group(3), example.group(4)));
    }
    return examples;
  }

  /** As somebody does who copies the delivered files and pastes the examples in. */
  private void adapt(Installation facedrop, List<Example> examples) {
    for (Example example : examples) {
      String name = "routes/" + example.file();
      facedrop.write(
          name,
          example.id().isEmpty() ? example.steps() : withSteps(folder.resolve(name), example));
    }
  }

  private static String withSteps(Path copy, Example example) {
    List<String> lines = lines(Files.exists(copy) ? copy : DELIVERED.resolve(example.file()));
    int id = indexOf(lines, line -> line.strip().equals("id: " + example.id()));
    int step = id - 1;
    String indent = lines.get(step).replaceAll("-.*", "");
    int at = step;
    if (example.where().equals("after")) {
      at = id;
      while (lines.get(at).startsWith(indent + " ")) {
        at++;
      }
    }
    List<String> pasted = new ArrayList<>(lines.subList(0, at));
    example.steps().lines().map(indent::concat).forEach(pasted::add);
    pasted.addAll(lines.subList(at, lines.size()));
    return String.join("\n", pasted) + "\n";
  }

  private static int indexOf(List<String> lines, Predicate<String> wanted) {
    return lines.indexOf(lines.stream().filter(wanted).findFirst().orElseThrow());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The JDK's server takes each byte for a letter. */
  private List<String> values(String header) {
    return requests.stream()
        .map(request -> request.headers().getFirst(header))
        .map(value -> value == null ? null : new String(value.getBytes(ISO_8859_1), UTF_8))
        .toList();
  }

  private List<JsonNode> bodies() throws IOException {
    List<JsonNode> bodies = new ArrayList<>();
    for (Request request : requests) {
      bodies.add(json.readTree(request.body()));
    }
    return bodies;
  }

  /** A jar of an adapter's, compiled as he would. */
  private Path signer() throws IOException {
    Path source = folder.resolve("com/example/Signer.java");
    Files.createDirectories(source.getParent());
    Files.writeString(
        source,
        """
        package com.example;
        public class Signer {
          private String issuer;
          public void setIssuer(String issuer) { this.issuer = issuer; }
          public String sign(String body) { return issuer + " " + body.length(); }
        }
        """);
    int failed = ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString());
    assertThat(failed).isZero();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      jar.putNextEntry(new ZipEntry("com/example/Signer.class"));
      jar.write(Files.readAllBytes(folder.resolve("com/example/Signer.class")));
    }
    return Files.write(folder.resolve("signer.jar"), bytes.toByteArray());
  }
}
