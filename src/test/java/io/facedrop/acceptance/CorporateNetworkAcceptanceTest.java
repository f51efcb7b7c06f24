package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.config.SettingsReader;
import io.facedrop.sandbox.CorporateProxy;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import io.facedrop.sandbox.SecretsVault;
import io.facedrop.sandbox.SelfSigned;
import io.facedrop.sandbox.TlsFront;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy with a password, a private authority and a client certificate, all at once. */
class CorporateNetworkAcceptanceTest {
  private static final String PROXY_PASSWORD = "secret-of-the-proxy";
  private static final String STORE_PASSWORD = "secret-of-the-store";
  private static final int ROWS = 30;

  @TempDir static Path certificates;
  private static SelfSigned server;
  private static SelfSigned client;

  @TempDir Path folder;

  @BeforeAll
  static void makeCertificates() throws Exception {
    server = SelfSigned.create(certificates.resolve("server"));
    client =
        SelfSigned.create(certificates.resolve("client"), "CN=us", STORE_PASSWORD, "-validity 2");
  }

  @Test
  void isPassedWithEveryRowSentOnceAndNoneWhileTheProxyMakesNoWay() throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withAcceptedKeys(Set.of(Workbench.KEY));
    try (Workbench bench = new Workbench(folder, options);
        CorporateProxy proxy = CorporateProxy.of("maria", PROXY_PASSWORD);
        TlsFront front = TlsFront.before(bench.sandbox().port(), server.serverContext(client));
        SecretsVault vault = SecretsVault.holding(Map.of("facedrop/key", Workbench.KEY))) {
      proxy.goWrong("502 Bad Gateway");
      Path manifest = bench.manifest("m.csv", ROWS, Map.of());
      Map<String, String> environment = environment(front, proxy);
      environment.put("FACEDROP_API_KEY", "{{aws:facedrop/key}}");
      try (Cli run = run(bench, vault, environment, manifest)) {
        until(() -> bench.ledgerFile().pauses() >= 2);
        proxy.goWrong("close");
        long pauses = bench.ledgerFile().pauses();
        until(() -> bench.ledgerFile().pauses() > pauses);
        assertThat(bench.onlyBatch().open()).isEqualTo(ROWS);
        assertThat(bench.onlyBatch().requests()).isZero();
        proxy.goWrong("");

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
        assertThat(run.err())
            .contains("the proxy " + proxy.uri() + " answered 502 to CONNECT")
            .contains("the proxy " + proxy.uri() + " made no way to");
      }
      assertThat(front.shown()).isNotEmpty().allMatch("CN=us"::equals);
      assertThat(vault.asked()).containsOnly("facedrop/key").isNotEmpty();
      assertThat(bench.successes()).hasSize(ROWS);
      assertThat(bench.sandbox().posts()).isEqualTo(ROWS);
      bench.assertNothingMissing();
    }
  }

  @Test
  void isCheckedWithoutSendingAnImage() throws Exception {
    SandboxOptions options = SandboxOptions.defaults().withAcceptedKeys(Set.of(Workbench.KEY));
    Path keyFile = Files.writeString(certificates.resolve("key"), Workbench.KEY + "\n");
    try (Sandbox sandbox = Sandbox.start(options);
        CorporateProxy proxy = CorporateProxy.of("maria", PROXY_PASSWORD);
        TlsFront front = TlsFront.before(sandbox.port(), server.serverContext(client))) {
      Map<String, String> environment = environment(front, proxy);
      environment.put("FACEDROP_API_KEY_FILE", keyFile.toString());
      Cli check = Cli.finished(folder, trusted(), environment, "check");

      assertThat(check.exitCode()).as(check.toString()).isZero();
      assertThat(check.out()).contains("key            accepted");
      assertThat(check.err()).contains("(CN=us) expires in 1 days, on 20");
      assertThat(sandbox.posts()).isZero();
    }
  }

  /** What the environment says wins over the options. */
  private Cli run(
      Workbench bench, SecretsVault vault, Map<String, String> environment, Path manifest) {
    List<String> options = new ArrayList<>(bench.asOptions());
    // What is typed would count before the environment.
    options.removeIf(
        option ->
            environment.containsKey(SettingsReader.variableOf(option.replaceAll("^-D|=.*", ""))));
    options.addAll(trusted());
    vault.properties().forEach((key, value) -> options.add("-D" + key + "=" + value));
    options.addAll(Cli.beside(libraries()));
    return new Cli(folder, options, environment, "run", manifest.toString());
  }

  /** What an operator puts beside facedrop for a vault, and more. */
  private static String libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(path -> path.endsWith(".jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Map<String, String> environment(TlsFront front, CorporateProxy proxy) {
    Map<String, String> environment = new HashMap<>();
    environment.put("FACEDROP_API_BASE_URL", front.uri().toString());
    environment.put("FACEDROP_API_PROXY", proxy.uri().toString());
    environment.put("FACEDROP_API_PROXY_USER", "maria");
    environment.put("FACEDROP_API_PROXY_PASSWORD", PROXY_PASSWORD);
    environment.put("FACEDROP_API_CLIENT_CERTIFICATE", client.keyStore().toString());
    environment.put("FACEDROP_API_CLIENT_CERTIFICATE_PASSWORD", STORE_PASSWORD);
    return environment;
  }

  private static List<String> trusted() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + server.trustStore(),
        "-Djavax.net.ssl.trustStorePassword=" + server.password());
  }

  private static void until(java.util.concurrent.Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(20)).until(condition);
  }
}
