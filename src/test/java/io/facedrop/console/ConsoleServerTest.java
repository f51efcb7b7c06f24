package io.facedrop.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.integration.Beans;
import io.facedrop.ledger.Ledger;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The routes of the console behind the real server, asked over plain sockets. */
class ConsoleServerTest {
  private static final String OPERATOR = "operator-0123456789";
  private static final String VIEWER = "viewer-0123456789";

  @TempDir Path folder;
  private final AtomicBoolean broken = new AtomicBoolean();
  private final CamelContext context = new DefaultCamelContext();
  private Settings settings;
  private Ledger ledger;
  private Beans beans;
  private ConsoleServer server;
  private int port;

  @BeforeEach
  void start() throws Exception {
    settings =
        SettingsReader.readWithKey(Map.of("facedrop.api.key", "any", "facedrop.console.port", "0"));
    ledger = Ledger.open("jdbc:sqlite:" + folder.resolve("l.db"), Clock.systemUTC());
    beans =
        new Beans(settings, ledger, OptionalDouble::empty, Duration.ZERO, (thread, failure) -> {});
    beans.addConsole(broken::get);
  }

  private void serve(String token, String viewerToken) throws Exception {
    server =
        ConsoleServer.open(
                new Settings.Console(
                    "127.0.0.1",
                    0,
                    true,
                    List.of(),
                    PageBench.passes(token, ""),
                    PageBench.passes(viewerToken, "")))
            .orElseThrow();
    port = Integer.parseInt(server.address().replaceAll("\\D*127.0.0.1:(\\d+)/", "$1"));
    beans.bind(context);
    server.bind(context, settings);
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            ResourceHelper.resolveResource(context, "file:routes/console.camel.yaml"),
            ResourceHelper.resolveResource(context, "file:routes/operator-page.camel.yaml"));
    context.start();
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
    context.stop();
    beans.close();
    ledger.close();
  }

  @Test
  void showsMetricsAndHealth() throws Exception {
    serve("", "");

    assertThat(get("/metrics"))
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\n")
        .contains("\nfacedrop_rows_open 0.0\n");
    for (String health : List.of("/health/live", "/health/ready")) {
      assertThat(get(health))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .containsIgnoringCase("\r\nContent-Type: application/json\r\n")
          .endsWith("\r\n\r\n{\"status\":\"up\"}\n");
    }
  }

  @Test
  void saysInWordsThatAThreadCannotGoOn() throws Exception {
    serve("", "");
    broken.set(true);

    for (String health : List.of("/health/live", "/health/ready")) {
      assertThat(get(health))
          .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
          .endsWith(
              "{\"status\":\"down\",\"why\":\"a thread of facedrop cannot go on, so the process"
                  + " ends; start it again\"}\n");
    }
  }

  @Test
  void saysInWordsThatTheLedgerCannotBeWritten() throws Exception {
    serve("", "");
    ledger.close();

    assertThat(get("/health/live")).startsWith("HTTP/1.1 200");
    assertThat(get("/health/ready"))
        .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
        .endsWith(
            "{\"status\":\"down\",\"why\":\"the ledger cannot be written, as the log says; facedrop"
                + " waits for it\"}\n");
    assertThat(get("/metrics"))
        .startsWith("HTTP/1.1 200")
        .contains("\nfacedrop_ledger_readable 0.0\n", "\nfacedrop_rows_open NaN\n");
  }

  @Test
  void repeatsNothingThatARequestSays() throws Exception {
    serve("", "");

    String answer =
        ask(
            "GET /metrics?canary=q HTTP/1.1",
            "Host: localhost",
            "X-Canary: h",
            "Cookie: canary=c",
            "Origin: http://canary.example");

    assertThat(answer).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("canary");
    assertThat(answer).doesNotContainIgnoringCase("access-control");
    assertThat(get("/canary")).startsWith("HTTP/1.1 404").doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "CONNECT", "BREW"})
  void refusesEveryMethodThatDoesNotJustRead(String method) throws Exception {
    serve("", "");

    String answer = ask(method + " /metrics HTTP/1.1", "Host: localhost", "X-Canary: h");

    assertThat(answer)
        .matches("(?s)HTTP/1.1 (400|403|405) .*")
        .doesNotContain("Canary", "facedrop_rows_open");
  }

  @Test
  void answersHeadWithoutABody() throws Exception {
    serve("", "");

    assertThat(ask("HEAD /health/live HTTP/1.1", "Host: localhost"))
        .startsWith("HTTP/1.1 200")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/health/live", "/health/ready", "/"})
  void isReachedUnderNoOtherName(String path) throws Exception {
    serve("", "");

    assertThat(ask("GET " + path + " HTTP/1.1", "Host: evil.example"))
        .startsWith("HTTP/1.1 421 Misdirected Request\r\n")
        .contains("facedrop.console.allowed-hosts")
        .doesNotContain("evil");
    assertThat(ask("GET " + path + " HTTP/1.0")).startsWith("HTTP/1.0 421");
  }

  @Test
  void takesTheTokenOfTheViewerOrTheOperatorForMetricsAndNoneForHealth() throws Exception {
    serve(OPERATOR, VIEWER);

    assertThat(get("/health/live")).startsWith("HTTP/1.1 200");
    assertThat(get("/health/ready")).startsWith("HTTP/1.1 200");
    for (String token : List.of(OPERATOR, VIEWER)) {
      assertThat(with("/metrics", "Bearer " + token)).startsWith("HTTP/1.1 200");
    }
    assertThat(get("/metrics"))
        .startsWith("HTTP/1.1 401 Unauthorized\r\n")
        .containsIgnoringCase("\r\nWWW-Authenticate: Bearer realm=\"facedrop\"\r\n")
        .doesNotContain("facedrop_");
    assertThat(with("/metrics", "Bearer " + VIEWER + "x")).startsWith("HTTP/1.1 401");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics/",
        "//metrics",
        "/METRICS",
        "/%6detrics",
        "/metrics%20",
        "/metrics;x",
        "/health/../metrics",
        "/health/live/../../metrics",
        "/health/live/%2e%2e/%2e%2e/metrics",
        "/health/live?/metrics",
        "/metrics?/health/live",
        "/metrics#/health/live",
        "http://localhost/metrics"
      })
  void noOddSpellingGoesRoundTheToken(String path) throws Exception {
    serve(OPERATOR, VIEWER);

    assertThat(get(path)).doesNotContain("facedrop_rows_open");
  }

  @Test
  void boundsTheSizeOfLinesHeadersAndBodies() throws Exception {
    serve("", "");

    assertThat(get("/metrics?" + "a".repeat(8_000))).startsWith("HTTP/1.0 414");
    assertThat(ask("GET /metrics HTTP/1.1", "Host: localhost", "X: " + "a".repeat(40_000)))
        .startsWith("HTTP/1.1 431");
    assertThat(ask("GET /metrics HTTP/1.1", "Host: localhost", "Content-Length: 100000000"))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void boundsHowManyConnectionsAreOpen() throws Exception {
    serve("", "");
    Socket[] all = new Socket[80];
    int refused = 0;
    for (int i = 0; i < all.length; i++) {
      all[i] = connect();
    }
    for (Socket socket : all) {
      refused += isClosed(socket) ? 1 : 0;
    }
    for (Socket socket : all) {
      socket.close();
    }

    assertThat(refused).isEqualTo(80 - 64);
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try {
      socket.setSoTimeout(20);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void leavesNoFilesInTheWorkingDirectory() throws Exception {
    serve("", "");
    get("/metrics");

    assertThat(Files.exists(Path.of("file-uploads"))).isFalse();
  }

  @Test
  void goesOnWithoutADefaultPortThatIsTakenAndNotWithoutAChosenOne() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int taken = other.getLocalPort();
      assertThat(ConsoleServer.open(settings(taken, false))).isEmpty();
      assertThatThrownBy(() -> ConsoleServer.open(settings(taken, true)))
          .isInstanceOf(PortTakenException.class)
          .hasMessageStartingWith(
              "facedrop.console.port: cannot listen on 127.0.0.1 port " + taken + " (")
          .hasMessageEndingWith("; choose another port, 0 for any that is free, or off");
    }
  }

  @Test
  void opensNothingWhereItIsOff() {
    assertThat(ConsoleServer.open(settings(Settings.Console.OFF, true))).isEmpty();
  }

  private static Settings.Console settings(int port, boolean chosen) {
    return new Settings.Console("127.0.0.1", port, chosen, List.of(), List.of(), List.of());
  }

  private String get(String path) throws IOException {
    return ask("GET " + path + " HTTP/1.1", "Host: localhost:" + port);
  }

  private String with(String path, String authorization) throws IOException {
    return ask("GET " + path + " HTTP/1.1", "Host: localhost", "Authorization: " + authorization);
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private String ask(String... lines) throws IOException {
    try (Socket socket = connect();
        InputStream in = socket.getInputStream()) {
      socket.setSoTimeout(10_000);
      String head = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
