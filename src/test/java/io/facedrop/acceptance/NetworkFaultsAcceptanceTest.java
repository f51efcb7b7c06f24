package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.integration.Integration;
import io.facedrop.sandbox.Arrival;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import io.facedrop.sandbox.SelfSigned;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that cannot be reached, never answer, or answer what nobody can read. */
class NetworkFaultsAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int CONCURRENCY = 8;
  private static final int TRIP_AFTER = 5;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"http-502", "http-504", "hang", "drip", "reset", "reset-mid", "not-json"})
  void anOutageInMidBatchCostsAHandfulOfRowsAndEndsByItself(String answer) {
    try (Workbench bench = new Workbench(folder)) {
      bench.with("facedrop.api.response-timeout", "500ms");
      bench.sandbox().latency(Duration.ofMillis(5));
      try (Workbench.Running run = bench.start(bench.manifest("m.csv", 300, Map.of()))) {
        until(() -> bench.sandbox().posts() > 50);
        long before = bench.sandbox().posts();
        bench.sandbox().answerAllWith(answer);
        until(() -> bench.ledgerFile().pauses() >= 4);
        long during = bench.sandbox().posts() - before;
        long pauses = bench.ledgerFile().pauses();
        bench.sandbox().answerNormally();

        assertThat(run.exitCode()).isEqualTo(ExitCode.DEAD_LETTERS);
        assertThat(during)
            .as("requests while nobody could answer: those until it was an outage, then probes")
            .isLessThanOrEqualTo(2 * CONCURRENCY + TRIP_AFTER + pauses);
        assertThat(bench.deadLetters())
            .hasSizeBetween(TRIP_AFTER, (int) (during + CONCURRENCY))
            .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "IN_DOUBT"));
      }
      assertThat(bench.sandbox().journal().stream().map(Arrival::imageUrl).filter(Objects::nonNull))
          .doesNotHaveDuplicates();
      bench.assertNothingMissing();
    }
  }

  @Test
  void aRefusedConnectionLeavesEveryRowOpenUntilSomebodyListens() {
    try (Workbench bench = new Workbench(folder)) {
      bench.stopSandbox();
      try (Workbench.Running run = bench.start(bench.manifest("m.csv", 30, Map.of()))) {
        until(() -> bench.ledgerFile().pauses() >= 3);
        nothingLeft(bench, 30);
        bench.startSandbox(SandboxOptions.defaults());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
      }
      everyRowWasSentOnce(bench, 30);
    }
  }

  @Test
  void aConnectionThatNeverComesAboutLeavesEveryRowOpen() throws IOException {
    try (Workbench bench = new Workbench(folder)) {
      int port = bench.sandbox().port();
      bench.stopSandbox();
      bench.with("facedrop.api.connect-timeout", "300ms");
      try (FullBacklog full = FullBacklog.at(port);
          Workbench.Running run = bench.start(bench.manifest("m.csv", 30, Map.of()))) {
        until(() -> bench.ledgerFile().pauses() >= 2);
        nothingLeft(bench, 30);
        full.close();
        bench.startSandbox(SandboxOptions.defaults());
        assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
      }
      everyRowWasSentOnce(bench, 30);
    }
  }

  @Test
  void aHostThatNobodyKnowsLeavesEveryRowOpen() {
    try (Workbench bench = new Workbench(folder)) {
      String address = bench.sandbox().baseUri().toString();
      bench.with("facedrop.api.base-url", "https://facedrop.invalid");
      Path manifest = bench.manifest("m.csv", 30, Map.of());

      assertThat(bench.run(false, Duration.ofSeconds(1), manifest)).isEqualTo(ExitCode.RESUMABLE);

      nothingLeft(bench, 30);
      bench.with("facedrop.api.base-url", address);
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);
      everyRowWasSentOnce(bench, 30);
    }
  }

  @Test
  void aCertificateOfSomebodyElseLeavesEveryRowOpenUntilItIsTheRightOne() throws Exception {
    SelfSigned strange = SelfSigned.create(Files.createDirectory(folder.resolve("strange")));
    SelfSigned trusted = SelfSigned.create(Files.createDirectory(folder.resolve("trusted")));
    try (Workbench bench = new Workbench(folder)) {
      bench.stopSandbox();
      bench.startSandbox(SandboxOptions.defaults().withSslContext(strange.serverContext()));
      bench.with("facedrop.api.base-url", bench.sandbox().baseUri().toString());
      List<String> options = new ArrayList<>(bench.asOptions());
      options.add("-Djavax.net.ssl.trustStore=" + trusted.trustStore());
      options.add("-Djavax.net.ssl.trustStorePassword=" + trusted.password());
      Path manifest = bench.manifest("m.csv", 30, Map.of());
      try (Cli run = new Cli(folder, options, "run", manifest.toString())) {
        until(() -> bench.ledgerFile().pauses() >= 2);
        nothingLeft(bench, 30);
        assertThat(bench.sandbox().requests()).isZero();
        bench.stopSandbox();
        bench.startSandbox(SandboxOptions.defaults().withSslContext(trusted.serverContext()));

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
      }
      everyRowWasSentOnce(bench, 30);
    }
  }

  @Test
  void brokenResultsAreAskedForAgainAndTheTaskIsNeverPaidForTwice() {
    List<String> broken =
        List.of(
            "not-json",
            "empty",
            "http-502",
            "no-code",
            "code-433",
            "deep",
            "huge",
            "reset",
            "reset-mid",
            "hang",
            "drip",
            "redirect");
    try (Workbench bench = new Workbench(folder).awaitingFaces()) {
      bench
          .with("facedrop.api.response-timeout", "500ms")
          .with("facedrop.api.concurrency", "16")
          // A 503 behind several outages in a row would else be sat out for minutes.
          .with("facedrop.gate.max-pause", "1s");
      Map<Integer, String> paths = new HashMap<>();
      broken.forEach(token -> paths.put(paths.size(), "result-" + token));
      broken.forEach(token -> paths.put(paths.size(), "result-" + token + "-once"));
      for (String token : List.of("http-503-once", "code-string", "code-429-once")) {
        paths.put(paths.size(), "result-" + token);
      }

      assertThat(bench.run(bench.manifest("m.csv", 40, paths))).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(bench.deadLetters())
          .hasSize(broken.size())
          .allSatisfy(
              row -> {
                assertThat(row).containsEntry("facedrop_reason", "RESULT_UNREADABLE");
                assertThat(row).containsEntry("facedrop_charged", "yes");
                assertThat(row.get("facedrop_detect_task_id")).isNotEmpty();
                assertThat(row).containsEntry("facedrop_requests", "4");
              });
      assertThat(bench.sandbox().posts()).isEqualTo(40);
      bench.assertNothingMissing();
    }
  }

  @Test
  void bombsOfManyMegabytesNeedLittleMemory() {
    try (Workbench bench = new Workbench(folder).awaitingFaces()) {
      List<String> bombs = List.of("huge-100", "huge-chunked-100", "deep");
      Map<Integer, String> paths = new HashMap<>();
      for (int n = 0; n < 18; n++) {
        paths.put(n, (n % 2 == 0 ? "" : "result-") + bombs.get(n / 2 % 3));
      }
      List<String> options = new ArrayList<>(bench.asOptions());
      options.add("-Xmx64m");

      Cli run =
          Cli.finished(folder, options, "run", bench.manifest("m.csv", 100, paths).toString());

      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.DEAD_LETTERS);
      assertThat(run.err()).doesNotContain("OutOfMemoryError", "StackOverflowError");
      assertThat(bench.deadLetters()).hasSize(18);
      assertThat(bench.deadLetters().stream().map(row -> row.get("facedrop_reason")))
          .containsOnly("IN_DOUBT", "RESULT_UNREADABLE");
      bench.assertNothingMissing();
    }
  }

  @Test
  void redirectsToAnotherHostAreNotFollowedAndNeverSeeTheKey() {
    try (Workbench bench = new Workbench(folder).awaitingFaces();
        Sandbox elsewhere = Sandbox.start(SandboxOptions.defaults().withRecord(true))) {
      List<Integer> statuses = List.of(301, 302, 303, 307, 308);
      Map<Integer, String> paths = new HashMap<>();
      for (int status : statuses) {
        String token = "redirect-" + status + "-to-" + elsewhere.port();
        paths.put(paths.size(), token);
        paths.put(paths.size(), "result-" + token);
      }

      assertThat(bench.run(bench.manifest("m.csv", 30, paths))).isEqualTo(ExitCode.DEAD_LETTERS);

      assertThat(bench.deadLetters()).hasSize(10);
      for (int status : statuses) {
        assertThat(bench.deadLetters())
            .filteredOn("facedrop_http_status", String.valueOf(status))
            .extracting("facedrop_reason")
            .containsExactlyInAnyOrder("IN_DOUBT", "RESULT_UNREADABLE");
        bench.sandbox().answerAllWith("redirect-" + status + "-to-" + elsewhere.port());
        assertThat(Integration.account(bench.settings()).httpStatus()).isEqualTo(status);
      }
      assertThat(elsewhere.requests()).isZero();
      bench.assertNothingMissing();
    }
  }

  private static void nothingLeft(Workbench bench, long rows) {
    assertThat(bench.onlyBatch().open()).isEqualTo(rows);
    assertThat(bench.onlyBatch().requests()).isZero();
  }

  private static void everyRowWasSentOnce(Workbench bench, int rows) {
    assertThat(bench.successes())
        .hasSize(rows)
        .allSatisfy(row -> assertThat(row).containsEntry("facedrop_attempts", "1"));
    assertThat(bench.sandbox().posts()).isEqualTo(rows);
    bench.assertNothingMissing();
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  /** A port that listens, but whose queue is full, so that connecting to it hangs. */
  private record FullBacklog(ServerSocket server, List<Socket> waiting) implements AutoCloseable {
    private static final int MOST = 64;

    static FullBacklog at(int port) throws IOException {
      ServerSocket server = new ServerSocket();
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress("127.0.0.1", port), 1);
      FullBacklog backlog = new FullBacklog(server, new ArrayList<>());
      while (backlog.waiting.size() < MOST) {
        Socket socket = new Socket();
        backlog.waiting.add(socket);
        try {
          socket.connect(new InetSocketAddress("127.0.0.1", port), 300);
        } catch (SocketTimeoutException full) {
          return backlog;
        }
      }
      backlog.close();
      return Assumptions.abort("left out: here a queue of connections never gets full");
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : waiting) {
        socket.close();
      }
      server.close();
    }
  }
}
