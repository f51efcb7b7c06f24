package io.facedrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
  private static final SandboxOptions DEFAULTS = SandboxOptions.defaults();

  @Test
  void answersAllWithAScenarioUntilTold() {
    try (Sandbox sandbox = Sandbox.start(DEFAULTS.withTaskDuration(Duration.ZERO))) {
      Caller caller = new Caller(sandbox);
      String task = caller.taskOf(Caller.IMAGE);

      sandbox.answerAllWith("http-502");
      assertThat(caller.post(Caller.IMAGE).statusCode()).isEqualTo(502);
      assertThat(caller.result(task).statusCode()).isEqualTo(502);
      assertThat(caller.withKey(null).balance().statusCode()).isEqualTo(502);

      sandbox.answerAllWith("status-failed");
      assertThat(Caller.code(caller.post(Caller.IMAGE))).isEqualTo(200);
      assertThat(caller.result(task).body()).contains("\"status\":\"failed\"");

      sandbox.answerNormally();
      assertThat(Caller.code(caller.post(Caller.IMAGE))).isEqualTo(200);
      assertThat(caller.result(task).body()).contains("\"status\":\"succeeded\"");
      assertThatThrownBy(() -> sandbox.answerAllWith("slow-1s/http-5"))
          .hasMessage("expected a token of Sandbox.tokens() but found 'http-5'");
    }
  }

  @Test
  void answersLateWithoutHoldingThreads() {
    int connections = 512;
    try (Sandbox sandbox = Sandbox.start(DEFAULTS)) {
      sandbox.latency(Duration.ofMillis(500));
      Caller caller = new Caller(sandbox);
      long start = System.nanoTime();

      assertThat(caller.postAtOnce(connections)).allMatch(answer -> Caller.code(answer) == 200);

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(10));
      assertThat(sandbox.maxInFlight()).isBetween(connections / 4, connections);
    }
  }

  @Test
  void appendsEveryArrivalToItsJournalBeforeItAnswers(@TempDir Path folder) throws IOException {
    Path journal = folder.resolve("journal.jsonl");
    for (int start = 1; start <= 2; start++) {
      try (Sandbox sandbox = Sandbox.start(DEFAULTS.withJournal(journal))) {
        Caller caller = new Caller(sandbox);
        caller.post(Caller.IMAGE);
        assertThat(Files.readAllLines(journal)).hasSize(2 * start - 1);
        caller.result("no-such-task");
        assertThat(Files.readAllLines(journal)).hasSize(2 * start);
      }
    }

    assertThat(Files.readAllLines(journal).get(2))
        .contains("\"method\":\"POST\"", "\"image_url\":\"" + Caller.IMAGE, "\"code\":200")
        .contains("\"detect_task_id\":\"sandbox-", "\"x-api-key\":\"(present)\"")
        .contains("\"Content-Type\":\"application/json\"")
        .contains("\"body\":\"{\\\"image_url\\\": \\\"" + Caller.IMAGE + "\\\"}\"}")
        .doesNotContain("any-key");
    assertThat(Files.readAllLines(journal).get(3))
        .contains("\"method\":\"GET\"", "\"detect_task_id\":\"no-such-task\"", "\"code\":404")
        .contains("\"body\":null")
        .doesNotContain("any-key");
  }

  @Test
  void keepsAHeaderInItsJournalAsItWasSent(@TempDir Path folder) throws IOException {
    Path journal = folder.resolve("journal.jsonl");
    String request =
        "GET /api/v1/client/account/balance HTTP/1.1\r\nHost: localhost\r\nx-name: M\u00fcller \u6771"
            + "\r\nConnection: close\r\n\r\n";
    try (Sandbox sandbox = Sandbox.start(DEFAULTS.withJournal(journal));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getInputStream().readAllBytes();
    }

    assertThat(Files.readString(journal)).contains("\"x-name\":\"M\u00fcller \u6771\"");
  }

  @Test
  void neverCountsMoreInFlightThanWereSent() {
    try (Sandbox sandbox = Sandbox.start(DEFAULTS)) {
      Caller caller = new Caller(sandbox);
      for (int request = 0; request < 200; request++) {
        sandbox.latency(Duration.ofMillis(request % 2));
        caller.post(Caller.IMAGE);
      }

      assertThat(sandbox.maxInFlight()).isEqualTo(1);
    }
  }

  @Test
  void countsWhatWasSent() {
    try (Sandbox sandbox = Sandbox.start(DEFAULTS.withRecord(true))) {
      Caller caller = new Caller(sandbox);
      String task = caller.taskOf(Caller.IMAGE);
      caller.post(Caller.image("code-500"));
      caller.post(Caller.image("code-500"));
      caller.withKey(null).result(task);
      caller.balance();
      caller.get("/nowhere");

      assertThat(sandbox.posts()).isEqualTo(3);
      assertThat(sandbox.results()).isEqualTo(1);
      assertThat(sandbox.balances()).isEqualTo(1);
      assertThat(sandbox.requests()).isEqualTo(6);
      assertThat(sandbox.postsOf(Caller.IMAGE)).isEqualTo(1);
      assertThat(sandbox.postsOf(Caller.image("code-500"))).isEqualTo(2);
      assertThat(sandbox.postsOf(Caller.image("never"))).isZero();
      assertThat(sandbox.journal())
          .extracting(Arrival::code)
          .containsExactly(200, 500, 500, 401, 200, 404);
      assertThat(sandbox.journal().get(0).imageUrl()).isEqualTo(Caller.IMAGE);
      assertThat(sandbox.journal().get(3).taskId()).isEqualTo(task);
    }
  }

  @Test
  void keepsNoJournalUnlessTold() {
    try (Sandbox sandbox = Sandbox.start(DEFAULTS)) {
      assertThatThrownBy(sandbox::journal)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the sandbox keeps no journal: start it with record = true");
    }
  }

  @Test
  void startsAgainOnTheSamePort() {
    int port = 0;
    for (int round = 0; round < 5; round++) {
      try (Sandbox sandbox = Sandbox.start(DEFAULTS.withPort(port))) {
        port = sandbox.port();
        assertThat(Caller.code(new Caller(sandbox).post(Caller.IMAGE))).isEqualTo(200);
      }
    }
  }

  @Test
  void refusesAPortThatIsTaken() {
    try (Sandbox sandbox = Sandbox.start(DEFAULTS)) {
      assertThatThrownBy(() -> Sandbox.start(DEFAULTS.withPort(sandbox.port())))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith("cannot listen on 127.0.0.1:" + sandbox.port() + ": ");
    }
  }

  @Test
  void closesPromptlyOverOpenRequests() {
    Sandbox sandbox = Sandbox.start(DEFAULTS);
    Caller caller = new Caller(sandbox);
    CompletableFuture<HttpResponse<String>> hanging = caller.postAsync(Caller.image("hang"));
    CompletableFuture<HttpResponse<String>> dripping = caller.postAsync(Caller.image("drip"));
    CompletableFuture<HttpResponse<String>> slow = caller.postAsync(Caller.image("slow-60s"));
    Awaitility.await().until(() -> sandbox.posts() == 3);
    long start = System.nanoTime();

    sandbox.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    for (CompletableFuture<HttpResponse<String>> cut : List.of(hanging, dripping, slow)) {
      assertThatThrownBy(cut::join).isInstanceOf(CompletionException.class);
    }
  }

  @Test
  void servesHttps(@TempDir Path dir) throws Exception {
    SelfSigned certificate = SelfSigned.create(dir);
    HttpClient client = HttpClient.newBuilder().sslContext(certificate.clientContext()).build();
    try (Sandbox sandbox = Sandbox.start(DEFAULTS.withSslContext(certificate.serverContext()))) {
      Caller caller = new Caller(client, sandbox.baseUri(), "any-key");

      assertThat(sandbox.baseUri()).hasScheme("https");
      assertThat(Caller.code(caller.post(Caller.IMAGE))).isEqualTo(200);
      assertThat(caller.post(Caller.image("huge")).body()).hasSizeGreaterThan(5_000_000);
      assertThatThrownBy(() -> caller.post(Caller.image("reset")))
          .isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> caller.post(Caller.image("reset-mid")))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void refusesOptionsOutOfBounds() {
    assertThatThrownBy(() -> DEFAULTS.withFailureShare(1.5))
        .hasMessage("failureShare must be 0 to 1 but is 1.5");
    assertThatThrownBy(() -> DEFAULTS.withRequestsPerSecond(-1))
        .hasMessage("requestsPerSecond cannot be negative but is -1");
  }
}
