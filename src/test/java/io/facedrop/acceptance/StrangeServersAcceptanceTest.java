package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.acceptance.StrangeApi.Arrival;
import io.facedrop.acceptance.StrangeApi.Reply;
import io.facedrop.sandbox.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged program against servers that are not ours and do not behave. */
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
class StrangeServersAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void theRateIsUsedAgainAfterTheServerWasGone() throws Exception {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = installed(api, "10/s")) {
      facedrop.start("run", facedrop.manifest("m.csv", 1_000, Map.of()).toString());
      arrived(api, 20);

      api.leave();
      pass(Duration.ofSeconds(5));
      api.comeBack();
      arrived(api, api.creates().size() + 20);
      pass(Duration.ofSeconds(8));

      assertThat(rateOf(api, 50)).isGreaterThan(9.5);
    }
  }

  @Test
  void noBurstFollowsALedgerThatWasLocked() throws Exception {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = installed(api, "2/s")) {
      facedrop.start("run", facedrop.manifest("m.csv", 200, Map.of()).toString());
      arrived(api, 4);

      try (Connection connection = facedrop.ledger().connect();
          Statement statement = connection.createStatement()) {
        statement.execute("begin immediate");
        pass(Duration.ofSeconds(6));
        statement.execute("rollback");
      }
      arrived(api, api.creates().size() + 10);

      noSecondHasMoreThan(3, api.creates());
    }
  }

  @Test
  void aHandshakeForEachRequestLeavesTheRateAsItIs() throws Exception {
    SelfSigned trusted = SelfSigned.create(Files.createDirectories(folder.resolve("tls")));
    Duration handshake = Duration.ofMillis(250);
    try (StrangeApi api = StrangeApi.withTls(trusted.serverContext(), handshake);
        Installation facedrop = installed(api, "20/s")) {
      api.behave(request -> api.usual(request).with("Connection: close"));
      facedrop.start(
          "run",
          "-Djavax.net.ssl.trustStore=" + trusted.trustStore(),
          "-Djavax.net.ssl.trustStorePassword=" + trusted.password(),
          facedrop.manifest("m.csv", 2_000, Map.of()).toString());
      arrived(api, 100);

      arrived(api, 300);

      assertThat(rateOf(api, 200)).isBetween(17.5, 20.5);
      noSecondHasMoreThan(21, api.creates());
    }
  }

  @Test
  void threeASecondAreThree() throws Exception {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = installed(api, "3/s")) {
      facedrop.start("run", facedrop.manifest("m.csv", 200, Map.of()).toString());
      arrived(api, 40);

      noSecondHasMoreThan(3, api.creates());
    }
  }

  @Test
  void aFewRowsThatAlwaysFailHoldUpNobodyElse() {
    Map<Integer, String> words = new HashMap<>();
    IntStream.range(0, 20).forEach(row -> words.put(row, "bad"));
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = installed(api, "10/s")) {
      api.behave(
          request ->
              request.creates() && request.url().contains("/bad/")
                  ? Reply.code(500)
                  : api.usual(request));
      long start = System.nanoTime();
      Cli run = facedrop.start("run", facedrop.manifest("m.csv", 70, words).toString());

      await().atMost(PATIENCE).until(() -> good(api) == 50);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));

      assertThat(run.exitCode()).isEqualTo(3);
      assertThat(facedrop.rows("success")).hasSize(50);
      assertThat(facedrop.rows("dead-letter"))
          .hasSize(20)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "SERVER_ERROR"));
    }
  }

  @Test
  void anAnswerThatNobodyKnowsCostsAHandfulOfRows() throws Exception {
    for (Reply foreign : List.of(Reply.of(502, "<html>Bad Gateway</html>"), Reply.code(433))) {
      try (StrangeApi api = new StrangeApi();
          Installation facedrop =
              new Installation(folder.resolve("http-" + foreign.status()), api.uri().toString())) {
        facedrop
            .with("facedrop.api.rate", "10/s")
            .with("facedrop.faces.await", "false")
            .with("facedrop.retry.max-delay", "5s");
        Files.createDirectories(facedrop.folder);
        // What stands before the API answers everything.
        api.behave(request -> foreign);
        facedrop.start("run", facedrop.manifest("m.csv", 500, Map.of()).toString());
        arrived(api, 5);

        pass(Duration.ofSeconds(12));

        assertThat(api.creates()).as("%s", foreign).hasSizeLessThanOrEqualTo(8);
        api.behave(api::usual);
        arrived(api, 30);
      }
    }
  }

  @Test
  void aSignalIsHeardWhileTheBalanceIsAskedFor() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = installed(api, "10/s")) {
      facedrop.with("facedrop.gate.probe-interval", "1s");
      api.behave(
          request -> {
            if (!request.path().endsWith("/account/balance")) {
              return Reply.code(402);
            }
            asked.countDown();
            return api.usual(request).after(Duration.ofSeconds(60));
          });
      Cli run = facedrop.start("run", "--wait", manifest(facedrop));
      assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      long start = System.nanoTime();

      assertThat(run.terminate()).isEqualTo(75);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void aServerThatClosesAfterEachAnswerCostsNoRow() {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = installed(api, "unlimited")) {
      api.closesAfterEachAnswer();

      int exit =
          facedrop.start("run", facedrop.manifest("m.csv", 400, Map.of()).toString()).exitCode();

      assertThat(facedrop.rows("dead-letter")).hasSizeLessThanOrEqualTo(1);
      assertThat(exit).isIn(0, 3);
    }
  }

  @Test
  void aServerThatClosesIdleConnectionsCostsAtMostWhatWasInFlightWhenItWasFirstSeenTo() {
    try (StrangeApi api = new StrangeApi();
        Installation facedrop = installed(api, "2/s")) {
      // As long as the pause between two requests, so that they meet.
      api.keepsConnectionsFor(Duration.ofMillis(500));

      int exit =
          facedrop.start("run", facedrop.manifest("m.csv", 40, Map.of()).toString()).exitCode();

      assertThat(facedrop.rows("dead-letter")).hasSizeLessThanOrEqualTo(1);
      assertThat(exit).isIn(0, 3);
    }
  }

  /** 80 ms there and back, so that it is not seen here yet that a connection was closed there. */
  @ParameterizedTest
  @CsvSource({"200, 5/s, 40", "500, 2/s, 24", "2000, 1/2s, 10"})
  void aServerFarAwayThatClosesIdleConnectionsCostsNoMore(long millis, String rate, int rows) {
    try (StrangeApi api = new StrangeApi();
        FarAway way = FarAway.from(api, Duration.ofMillis(40));
        Installation facedrop = installed(api, rate)) {
      facedrop.with("facedrop.api.base-url", way.uri().toString());
      api.keepsConnectionsFor(Duration.ofMillis(millis));

      Cli run = facedrop.start("run", facedrop.manifest("m.csv", rows, Map.of()).toString());

      assertThat(run.exitCode()).as(run.said()).isIn(0, 3);
      assertThat(facedrop.rows("dead-letter")).hasSizeLessThanOrEqualTo(1);
    }
  }

  private static String manifest(Installation facedrop) {
    return facedrop.manifest("m.csv", 20, Map.of()).toString();
  }

  private Installation installed(StrangeApi api, String rate) {
    return new Installation(folder, api.uri().toString())
        .with("facedrop.api.rate", rate)
        .with("facedrop.faces.await", "false");
  }

  private static long good(StrangeApi api) {
    return api.creates().stream()
        .filter(arrival -> !arrival.request().url().contains("/bad/"))
        .count();
  }

  private static void arrived(StrangeApi api, int creates) {
    await().atMost(PATIENCE).until(() -> api.creates().size() >= creates);
  }

  /** The time of a fault is what it is made of. */
  private static void pass(Duration time) throws InterruptedException {
    new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Creates in a second, over the next ones. */
  private static double rateOf(StrangeApi api, int creates) {
    int before = api.creates().size();
    arrived(api, before + creates + 1);
    List<Arrival> all = api.creates();
    return creates * 1e9 / (all.get(before + creates).nanos() - all.get(before).nanos());
  }

  /** One request that was late on the way makes one second fuller; a burst makes many. */
  private static void noSecondHasMoreThan(int most, List<Arrival> all) {
    List<Integer> fuller = new ArrayList<>();
    for (int first = 0; first + most < all.size(); first++) {
      if (all.get(first + most).nanos() - all.get(first).nanos() < 1_000_000_000L) {
        fuller.add(first);
      }
    }
    assertThat(fuller)
        .as("requests after which a second has more than %d", most)
        .hasSizeLessThan(3);
  }
}
