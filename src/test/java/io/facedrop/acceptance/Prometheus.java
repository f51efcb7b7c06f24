package io.facedrop.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A real Prometheus that scrapes programs every second and goes by the rules that ship, but for how
 * long a fault must last.
 */
final class Prometheus implements AutoCloseable {
  static final Path RULES = Path.of("src/docs/monitoring/alerts.yaml").toAbsolutePath();

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = freePort();
  private final Process process;

  /**
   * @param targets host and port of each program
   */
  Prometheus(Path folder, Collection<String> targets) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("alerts.yaml"),
        Files.readString(RULES).replaceAll("(?m)^(\\s+for:) .*$", "$1 0s"));
    Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
        rule_files: [alerts.yaml]
        scrape_configs:
          - job_name: facedrop
            static_configs: [{targets: [%s]}]
        """
            .formatted(String.join(", ", targets.stream().map(it -> "'" + it + "'").toList())));
    process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + folder.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port,
                "--log.level=warn")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of the alerts that fire now. */
  Set<String> firing() {
    Set<String> names = new TreeSet<>();
    for (JsonNode alert : get("/api/v1/alerts").path("data").path("alerts")) {
      if (alert.path("state").asText().equals("firing")) {
        names.add(alert.path("labels").path("alertname").asText());
      }
    }
    return names;
  }

  /** Names of all alerts that there are. */
  static Set<String> known() throws IOException {
    return Files.readString(RULES)
        .lines()
        .filter(line -> line.contains("- alert: "))
        .map(line -> line.replaceFirst(".*- alert: ", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** How many programs have answered the last scrape. */
  long up() {
    JsonNode result = get("/api/v1/query?query=sum(up)").path("data").path("result");
    return result.isEmpty() ? 0 : result.path(0).path("value").path(1).asLong();
  }

  /** An answer of its API; a missing node while there is none. */
  private JsonNode get(String path) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + port + path);
      return JSON.readTree(
          client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body());
    } catch (IOException starting) {
      return JSON.missingNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
