package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.sandbox.CorporateProxy;
import io.facedrop.sandbox.SelfSigned;
import io.facedrop.sandbox.TlsFront;
import io.facedrop.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program says all it can, of all that can happen, and not one secret. */
class CanaryAcceptanceTest {
  private static final String LOG = "-Dorg.slf4j.simpleLogger.";
  private static final List<String> OUTPUTS =
      List.of("success", "dead-letter", "report", "rejected", "archive");

  /** Everything, and by name what was known to show secrets. */
  private static final List<String> TOKENS =
      List.of("CONSOLE_TOKEN_OF_A_FILE", "CONSOLE_VIEWER_TOKEN_OF_A_FILE");

  private static final List<String> TRACE =
      List.of(
          LOG + "defaultLogLevel=trace",
          LOG + "log.io.facedrop=trace",
          LOG + "log.org.apache.camel=trace",
          LOG + "log.org.apache.hc=trace",
          LOG + "log.org.apache.hc.client5.http.headers=trace",
          LOG + "log.org.apache.hc.client5.http.wire=trace",
          LOG + "log.org.apache.camel.component.properties.DefaultPropertiesParser=trace",
          LOG + "log.org.apache.camel.impl.engine.DefaultCamelContextExtension=trace",
          LOG + "log.org.apache.camel.main.BaseMainSupport=trace");

  private static final List<String> DEBUG =
      List.of(
          LOG + "defaultLogLevel=debug",
          LOG + "log.io.facedrop=debug",
          LOG + "log.org.apache.camel=debug",
          LOG + "log.org.apache.camel.component.file.remote=trace",
          LOG + "log.com.jcraft=trace");

  private static final List<String> ROWS =
      List.of(
          "ok",
          "echo-422",
          "echo-500",
          "echo-404",
          "echo-433",
          "echo-html",
          "echo-task",
          "echo-failed",
          "echo-object",
          "echo-status",
          "echo-faces",
          "echo-id");

  @TempDir static Path certificates;
  private static SelfSigned server;
  private static SelfSigned client;

  @TempDir Path folder;
  private final EchoingApi api = new EchoingApi();
  private CorporateProxy proxy;
  private TlsFront front;

  CanaryAcceptanceTest() throws IOException {}

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = SelfSigned.create(certificates.resolve("server"));
    client =
        SelfSigned.create(
            certificates.resolve("client"),
            "CN=us",
            Canaries.of("FACEDROP_API_CLIENT_CERTIFICATE_PASSWORD"),
            "-validity 2");
  }

  @BeforeEach
  void start() throws Exception {
    proxy = CorporateProxy.of(Canaries.PROXY_USER, Canaries.of("FACEDROP_API_PROXY_PASSWORD"));
    front = TlsFront.before(api.port(), server.serverContext(client));
    Files.writeString(
        folder.resolve("application.properties"),
        "camel.vault.hashicorp.token={{env:VAULT_TOKEN_OF_A_FILE}}\n");
  }

  @AfterEach
  void end() throws IOException {
    front.close();
    proxy.close();
    api.close();
    Canaries.areNowhereIn(folder);
  }

  @Test
  void showsNoneWhileARunMeetsEverythingAtTrace() throws IOException {
    try (Cli run = cli(TRACE, trusted(), Map.of(), "run", manifest("m.csv", ROWS))) {
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.DEAD_LETTERS);
      assertThat(run.err()).contains("TRACE ", "DEBUG ");
    }
    assertThat(front.shown()).isNotEmpty().allMatch("CN=us"::equals);
    assertThat(proxy.heads()).isNotEmpty().allMatch(head -> head.startsWith("CONNECT "));
    assertThat(proxy.tunnelled()).doesNotContain("x-api-key", "echo-422");
    try (Cli status = cli(TRACE, trusted(), Map.of(), "status")) {
      assertThat(status.exitCode()).as(status.toString()).isZero();
    }
  }

  @Test
  void showsNoneWhileServingAtDebug() throws Exception {
    String refused = manifest("refused.csv", List.of("echo-401"));
    KeyPair key = SftpServer.newKey();
    try (SftpServer sftp = SftpServer.start(certificates.resolve("sftp"));
        Cli serve = cli(DEBUG, trusted(), serving(sftp, key), "serve")) {
      Path inbox = Files.createDirectories(folder.resolve("inbox"));
      Files.move(Path.of(manifest("m.csv", List.of("ok", "echo-422"))), inbox.resolve("m.csv"));
      until(() -> exists("success"));
      Console console = Console.of(serve);
      for (String token : TOKENS) {
        assertThat(console.status("metrics", Canaries.of(token))).isEqualTo(200);
      }
      assertThat(console.status("metrics", Canaries.of("FACEDROP_API_KEY"))).isEqualTo(401);
      Files.move(Path.of(refused), inbox.resolve("refused.csv"));
      until(() -> serve.err().contains("halted by code 401"));
      until(() -> serve.err().contains("Auth fail"));
      sftp.trusting(key.getPublic());
      until(() -> sftp.logins() > 0);
      dumpThreads(serve.process().pid());
      serve.process().destroy();
      assertThat(serve.exitCode()).as(serve.toString()).isEqualTo(ExitCode.RESUMABLE);
    }
  }

  @Test
  void showsNoneWhenTheWayIsBarred() throws IOException {
    String manifest = manifest("m.csv", List.of("ok"));
    proxy.goWrong("403 Forbidden");
    try (Cli run = cli(TRACE, trusted(), Map.of(), "run", "--max-wait", "500ms", manifest);
        Cli check = cli(DEBUG, trusted(), Map.of(), "check", manifest)) {
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.RESUMABLE);
      assertThat(run.err()).contains("answered 403 to CONNECT");
      assertThat(check.exitCode()).as(check.toString()).isEqualTo(ExitCode.RESUMABLE);
    }
  }

  @Test
  void showsNoneWhenTheCertificateIsNotTrusted() throws IOException {
    String manifest = manifest("m.csv", List.of("ok"));
    try (Cli run = cli(TRACE, List.of(), Map.of(), "run", "--max-wait", "500ms", manifest)) {
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.RESUMABLE);
      assertThat(run.err()).contains("-Djavax.net.ssl.trustStore=");
    }
  }

  @Test
  void showsNoneWhenTheConfigurationIsWrong() throws IOException {
    Map<String, String> wrong =
        Map.of(
            "FACEDROP_API_RATE", Canaries.of("FACEDROP_API_KEY"),
            "FACEDROP_API_PROXY",
                "http://maria:" + Canaries.of("FACEDROP_API_PROXY_PASSWORD") + "@proxy:3128",
            "FACEDROP_IN_DOUBT", Canaries.of("FACEDROP_API_CLIENT_CERTIFICATE_PASSWORD"),
            "FACEDROP_API_CLIENT_CERTIFICATE", server.keyStore().toString(),
            "FACEDROP_SFTP_URI", "sftp://u:" + Canaries.of("FACEDROP_SFTP_PASSWORD") + "@h/in",
            "FACEDROP_IMAGE_ALLOW_HOSTS", Canaries.of("FACEDROP_SFTP_PASSPHRASE"));
    try (Cli check = cli(TRACE, trusted(), wrong, "check")) {
      assertThat(check.exitCode()).as(check.toString()).isEqualTo(ExitCode.USAGE);
      assertThat(check.err())
          .contains(
              "facedrop.api.rate must be",
              "facedrop.api.proxy must be",
              "facedrop.in-doubt must be",
              "facedrop.api.client-certificate-password does not open",
              "facedrop.sftp.uri must be",
              "facedrop.image.allow-hosts must be");
    }
  }

  /** Neither key nor password lets it in at first. */
  private static Map<String, String> serving(SftpServer sftp, KeyPair key) throws IOException {
    Path keyFile =
        SftpServer.keyFile(
            certificates.resolve("sftp-key"), key, Canaries.of("FACEDROP_SFTP_PASSPHRASE"));
    return Map.of(
        "FACEDROP_CONSOLE_PORT",
        "0",
        "FACEDROP_CONSOLE_TOKEN_FILE",
        tokenFile(TOKENS.get(0)),
        "FACEDROP_CONSOLE_VIEWER_TOKEN_FILE",
        tokenFile(TOKENS.get(1)),
        "FACEDROP_PUBLISH_INTERVAL",
        "200ms",
        "FACEDROP_SFTP_URI",
        sftp.uri("in"),
        "FACEDROP_SFTP_POLL_INTERVAL",
        "500ms",
        "FACEDROP_SFTP_KEY_FILE",
        keyFile.toString(),
        "FACEDROP_SFTP_HOST_KEY_CHECKING",
        "off");
  }

  private static String tokenFile(String canary) throws IOException {
    return Files.writeString(certificates.resolve(canary), Canaries.of(canary)).toString();
  }

  private Cli cli(
      List<String> logging, List<String> options, Map<String, String> more, String... arguments) {
    List<String> all = new ArrayList<>(logging);
    all.addAll(options);
    Map<String, String> environment = Canaries.environment();
    environment.put("FACEDROP_API_BASE_URL", front.uri().toString());
    environment.put("FACEDROP_API_PROXY", proxy.uri().toString());
    environment.put("FACEDROP_API_PROXY_USER", Canaries.PROXY_USER);
    environment.put("FACEDROP_API_CLIENT_CERTIFICATE", client.keyStore().toString());
    environment.put("FACEDROP_API_RATE", "unlimited");
    environment.put("FACEDROP_RETRY_MAX_ATTEMPTS", "2");
    environment.put("FACEDROP_RETRY_INITIAL_DELAY", "20ms");
    environment.put("FACEDROP_RETRY_MAX_DELAY", "200ms");
    environment.put("FACEDROP_FACES_POLL_AGES", "20ms,100ms");
    environment.put("FACEDROP_FACES_POLL_INTERVAL", "200ms");
    environment.put("FACEDROP_FACES_DEADLINE", "1s");
    environment.put("FACEDROP_INBOX", folder.resolve("inbox").toString());
    for (String output : OUTPUTS) {
      String name = "FACEDROP_" + output.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
      environment.put(name + "_URI", "file:" + folder.resolve(output));
    }
    environment.put("FACEDROP_LEDGER_URL", "jdbc:sqlite:" + folder.resolve("ledger.db"));
    environment.putAll(more);
    return new Cli(folder, all, environment, arguments);
  }

  private static List<String> trusted() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + server.trustStore(),
        "-Djavax.net.ssl.trustStorePassword=" + server.password());
  }

  private String manifest(String name, List<String> rows) throws IOException {
    Stream<String> urls = rows.stream().map(row -> "https://x.example/" + row + "/1.jpg");
    Path file = folder.resolve(name);
    Files.write(file, Stream.concat(Stream.of("image_url"), urls).toList());
    return file.toString();
  }

  private boolean exists(String output) throws IOException {
    Path place = folder.resolve(output);
    return Files.isDirectory(place) && !io.facedrop.files.Tree.wholeFiles(place).isEmpty();
  }

  private void dumpThreads(long pid) throws Exception {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process dump =
        new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "Thread.print")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("threads.txt").toFile())
            .start();
    assertThat(dump.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(folder.resolve("threads.txt")).content().contains("facedrop-answer-watchdog");
  }

  private static void until(java.util.concurrent.Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50)).until(condition);
  }
}
