package io.facedrop.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.facedrop.manifest.ManifestName;
import io.facedrop.manifest.ManifestRules;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.RowReader;
import io.facedrop.manifest.format.Manifest;
import io.facedrop.publish.PreparedLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Task ids that no sandbox gives out, and the query as it stands on the wire. */
class OddTaskIdsTest extends RouteTest {
  private final Queue<String> queries = new ConcurrentLinkedQueue<>();
  private HttpServer server;
  private volatile String taskId;

  @Override
  List<String> flows() {
    return List.of("detect-faces", "collect-faces", "publish-outcomes");
  }

  @Override
  Map<String, String> properties() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
    return Map.of(
        "facedrop.api.base-url", "http://127.0.0.1:" + server.getAddress().getPort(),
        "facedrop.faces.await", "true",
        "facedrop.faces.poll-ages", "20ms",
        "facedrop.faces.poll-interval", "50ms");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "dit60yt8reqplt1c16, dit60yt8reqplt1c16",
        "a&b=c#d e/é+%, a%26b%3Dc%23d%20e%2F%C3%A9%2B%25",
        "50%25, 50%2525",
        "-_sOf-nanoid, -_sOf-nanoid",
        "=cmd(), %3Dcmd%28%29",
        "${body} {{x}} ?, %24%7Bbody%7D%20%7B%7Bx%7D%7D%20%3F",
        "\"\"\"quoted\"\" \\\", %22quoted%22%20%5C",
        "顔🙂, %E9%A1%94%F0%9F%99%82"
      })
  void areAskedForByteByByte(String id, String encoded) throws Exception {
    taskId = id;
    prepared.accept(PreparedLedger.manifest(home.resolve("m.txt"), "https://a.example/1.png\n"));
    context.start();
    soon().until(() -> ledger.newestBatches(1).get(0).succeeded() == 1);
    assertThat(queries).containsExactly("detect_task_id=" + encoded);
    assertThat(query("select detect_task_id from progress")).containsExactly(id);
    awaitComplete(1);
    assertThat(readAgain(home.resolve("success").resolve(files("success").get(0))).detectTaskId())
        .as("the id in an output that is dropped again")
        .isEqualTo(id);
  }

  @Test
  void areLeftAloneInACsvWhenTheyAreNoFormula() throws Exception {
    taskId = "-_sOf-nanoid";
    prepared.accept(PreparedLedger.manifest(home.resolve("m.txt"), "https://a.example/1.png\n"));
    context.start();
    awaitComplete(1);
    assertThat(home.resolve("success").resolve(files("success").get(0)))
        .content()
        .contains(",-_sOf-nanoid,yes,-m1,0,");
  }

  private static Row readAgain(Path output) throws IOException {
    ManifestName name = ManifestName.of(output.getFileName().toString());
    try (RowReader reader = Manifest.open(output, name, ManifestRules.of("image_url"))) {
      return reader.next();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    if (exchange.getRequestMethod().equals("GET")) {
      queries.add(String.valueOf(exchange.getRequestURI().getRawQuery()));
    }
    byte[] body =
        """
        {"code": 200, "message": "success", "data": {"detect_task_id": "%s",
         "status": "succeeded", "result": {"id": "-m1", "status": "succeed", "faces": []}}}
        """
            .formatted(new String(JsonStringEncoder.getInstance().quoteAsString(taskId)))
            .getBytes(UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
