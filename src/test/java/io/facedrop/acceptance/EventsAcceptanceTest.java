package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.facedrop.command.ExitCode;
import io.facedrop.files.Tree;
import io.facedrop.ledger.model.Batch;
import io.facedrop.network.Listener;
import io.facedrop.sandbox.SandboxOptions;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events leave the packaged program for real servers, and none is missing after any kill. */
class EventsAcceptanceTest {
  private static final int KILLS = 6;
  private static final int ROWS = 100;
  private static final Duration LONGEST_STOP = Duration.ofSeconds(30);
  private static final long PLENTY = 1_000_000;

  @TempDir Path folder;

  @Test
  void everyEventArrivesHoweverOftenServeIsKilled() throws Exception {
    long seed = Long.getLong("events.seed", System.nanoTime());
    System.err.println("events.seed=" + seed);
    Random random = new Random(seed);
    Random answers = new Random(seed + 1);
    AtomicInteger asked = new AtomicInteger();
    try (EventReceiver receiver =
            new EventReceiver(() -> answer(asked.incrementAndGet(), answers));
        Workbench bench = new Workbench(folder, SandboxOptions.defaults().withCredits(PLENTY))) {
      bench
          .with("facedrop.events.uri", receiver.uri())
          .with("facedrop.batch.hold-after", "10")
          .with("facedrop.inbox.done-file", "${file:name}.done");
      bench.sandbox().latency(Duration.ofMillis(30));
      for (int kill = 0; kill < KILLS; kill++) {
        try (Cli serve = bench.command("serve")) {
          drop(bench, kill);
          bench.sandbox().credits(kill % 2 == 1 ? 20 : PLENTY);
          Workbench.until(() -> serve.err().contains("watching ") || !serve.isAlive());
          serve.process().waitFor(random.nextInt(2_500), TimeUnit.MILLISECONDS);
          assertThat(serve.isAlive()).as(serve.toString()).isTrue();
        }
      }
      bench.sandbox().credits(20);
      drop(bench, manifest(bench, "last", KILLS, "ok"));
      try (Workbench.Serving serving = bench.serve()) {
        Workbench.until(() -> serving.hasBatches(KILLS + KILLS / 3 + 1));
        Workbench.until(() -> serving.gate().halted());
        bench.sandbox().credits(PLENTY);
        Workbench.until(() -> releaseHeld(serving) && serving.ledger().openBatches().isEmpty());
        Workbench.until(() -> serving.ledger().waitingEvents() == 0);
      }

      assertEveryEventArrived(bench, receiver, seed);
      assertNothingSecretIsToldBy(receiver);
    }
  }

  /** One in six fails, the third for certain: what the receiver has seen then comes twice. */
  private static int answer(int number, Random random) {
    return number == 3
        ? 500
        : random.nextInt(6) > 0 ? 200 : List.of(500, 302, 0).get(random.nextInt(3));
  }

  /** A manifest of each fate; by its round no content comes twice. */
  private static void drop(Workbench bench, int round) {
    drop(bench, manifest(bench, "good-" + round, round, "ok"));
    if (round % 3 == 0) {
      drop(bench, manifest(bench, "bad-" + round, round, "code-422"));
      drop(bench, bench.manifest("rejected-" + round + ".csv", "n,name", "1," + round));
    }
  }

  private static void drop(Workbench bench, Path manifest) {
    Path dropped = bench.drop(manifest);
    try {
      Files.createFile(dropped.resolveSibling(dropped.getFileName() + ".done"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path manifest(Workbench bench, String name, int round, String path) {
    return bench.manifest(
        name + ".csv",
        Stream.concat(
                Stream.of("image_url"),
                IntStream.range(0, ROWS).mapToObj(n -> Workbench.url(path, 1_000 * round + n)))
            .toArray(String[]::new));
  }

  private static boolean releaseHeld(Workbench.Serving serving) {
    serving.ledger().openBatches().stream()
        .filter(Batch::held)
        .forEach(batch -> serving.ledger().orders().release(batch));
    return true;
  }

  /** By what the ledger knows of batches, rows and gates, which no notice writes. */
  private void assertEveryEventArrived(Workbench bench, EventReceiver receiver, long seed) {
    LedgerFile file = bench.ledgerFile();
    List<String> whole = new ArrayList<>();
    List<String> arrived = new ArrayList<>();
    for (String id : file.texts("select id from batch where id is not null order by number")) {
      List<String> kinds =
          receiver.distinct().stream()
              .filter(event -> event.path("batch").asText().equals(id))
              .map(event -> event.path("event").asText())
              .filter(kind -> !kind.equals("rows in doubt"))
              .toList();
      boolean held = file.number("select held_at from batch where id = '" + id + "'") > 0;
      whole.add(id + (held ? held() : List.of("manifest accepted", "batch complete")));
      arrived.add(id + kinds);
    }
    assertThat(arrived).as("events.seed=%d", seed).isEqualTo(whole);
    assertThat(receiver.of("rows in doubt").stream().mapToLong(it -> it.path("in_doubt").asLong()))
        .as("events.seed=%d", seed)
        .satisfies(
            counts ->
                assertThat(counts.stream().mapToLong(Long::longValue).sum())
                    .isEqualTo(
                        file.number("select count(*) from progress where reason = 'IN_DOUBT'")));
    assertThat(receiver.of("gate halted"))
        .as("events.seed=%d", seed)
        .hasSize((int) file.number("select count(*) from event where kind = 'halt'"))
        .isNotEmpty();
    assertThat(receiver.of("gate open")).hasSameSizeAs(receiver.of("gate halted"));
    assertRejectionsArrived(receiver, seed);
    assertRepeatsAreTheSame(receiver);
  }

  private static List<String> held() {
    return List.of("manifest accepted", "batch held", "batch complete");
  }

  private void assertRejectionsArrived(EventReceiver receiver, long seed) {
    List<String> rejected =
        receiver.of("manifest rejected").stream()
            .map(event -> event.path("manifest").asText())
            .toList();
    assertThat(rejected)
        .as("events.seed=%d", seed)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, KILLS)
                .filter(round -> round % 3 == 0)
                .mapToObj(round -> "rejected-" + round + ".csv")
                .toList());
    assertThat(receiver.of("manifest rejected"))
        .allSatisfy(event -> assertThat(folder.resolve(event.path("kept_as").asText())).exists());
  }

  private static void assertRepeatsAreTheSame(EventReceiver receiver) {
    List<JsonNode> all = receiver.all();
    assertThat(all.size()).as("some came twice").isGreaterThan(receiver.distinct().size());
    assertThat(new HashSet<>(all)).hasSameSizeAs(receiver.distinct());
  }

  /** Neither the key to the API to a receiver, nor the receiver's own to who reads a log. */
  private void assertNothingSecretIsToldBy(EventReceiver receiver) throws Exception {
    assertThat(receiver.strays()).isZero();
    assertThat(receiver.headers())
        .isNotEmpty()
        .allSatisfy(
            headers ->
                assertThat(headers.keySet())
                    .allMatch(
                        name ->
                            List.of(
                                    "Accept-encoding",
                                    "Connection",
                                    "Content-length",
                                    "Content-type",
                                    "Host",
                                    "Transfer-encoding",
                                    "User-agent")
                                .contains(name)));
    for (Path file : Tree.files(folder)) {
      if (!file.getFileName().toString().startsWith("ledger.db")) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("s3cret", Workbench.KEY);
      }
    }
  }

  @Test
  void runDeliversBeforeItEndsAndIsNotHeldUpByAReceiverThatFails() throws Exception {
    try (EventReceiver receiver = new EventReceiver(() -> 200);
        Workbench bench = new Workbench(folder)) {
      bench.with("facedrop.events.uri", "http://127.0.0.1:1/s3cretS3cret");
      long begun = System.nanoTime();
      assertThat(bench.run(bench.manifest("a.csv", 3, Map.of()))).isEqualTo(ExitCode.OK);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMinutes(1));
      assertThat(Cli.finished(folder, bench.asOptions(), "status").said())
          .contains("output events: failing since ", "Connection refused")
          .doesNotContain("s3cret");

      bench.with("facedrop.events.uri", receiver.uri());
      assertThat(bench.run(bench.manifest("b.csv", 4, Map.of()))).isEqualTo(ExitCode.OK);

      assertThat(receiver.all())
          .extracting(event -> event.path("event").asText() + " " + event.path("manifest").asText())
          .containsExactly(
              "manifest accepted a.csv",
              "batch complete a.csv",
              "manifest accepted b.csv",
              "batch complete b.csv");
      assertThat(Cli.finished(folder, bench.asOptions(), "status").said())
          .doesNotContain("output events");
    }
  }

  @Test
  void aReceiverThatNeverAnswersHoldsUpNeitherRowsNorTheStop() {
    try (Listener silent = Listener.plain(socket -> socket.getInputStream().readAllBytes());
        Workbench bench = new Workbench(folder)) {
      bench
          .with("facedrop.events.uri", "http://127.0.0.1:" + silent.port() + "/")
          .with("facedrop.inbox.done-file", "${file:name}.done");
      drop(bench, bench.manifest("a.csv", 3, Map.of()));
      try (Cli serve = bench.command("serve")) {
        Workbench.until(() -> serve.err().contains(" is complete: "));
        long begun = System.nanoTime();

        assertThat(serve.terminate()).isEqualTo(ExitCode.OK);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(LONGEST_STOP);
      }
      Long waiting = bench.ledger(ledger -> ledger.waitingEvents());
      assertThat(waiting).isEqualTo(2);
    }
  }

  @Test
  void mailsArriveAtARealServer() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.setUser("facedrop@example.com", "facedrop", "s3cretS3cret");
    server.start();
    try (Workbench bench = new Workbench(folder)) {
      bench.with(
          "facedrop.events.uri",
          "smtp://127.0.0.1:"
              + server.getSmtp().getPort()
              + "?username=facedrop&password=RAW(s3cretS3cret)&from=facedrop@example.com"
              + "&to=operator@example.com");
      assertThat(bench.run(bench.manifest("a.csv", 3, Map.of(1, "code-422"))))
          .isEqualTo(ExitCode.DEAD_LETTERS);

      MimeMessage[] mails = server.getReceivedMessages();
      assertThat(mails).hasSize(2);
      assertThat(mails[0].getSubject()).startsWith("facedrop: a.csv was accepted as batch ");
      assertThat(mails[1].getSubject())
          .endsWith(" is complete: 3 rows = 2 succeeded + 1 dead letter");
      assertThat(mails[1].getAllRecipients()[0]).hasToString("operator@example.com");
      assertThat(GreenMailUtil.getBody(mails[1])).contains("\"dead_letters\" : 1");
    } finally {
      server.stop();
    }
  }

  @Test
  void aFileGetsALineForEachEvent() throws Exception {
    try (Workbench bench = new Workbench(folder)) {
      bench.with(
          "facedrop.events.uri",
          "file:" + folder.resolve("told") + "?fileName=events.jsonl&fileExist=Append");
      assertThat(bench.run(bench.manifest("a.csv", 3, Map.of()))).isEqualTo(ExitCode.OK);

      assertThat(Files.readAllLines(folder.resolve("told/events.jsonl")))
          .hasSize(2)
          .allMatch(line -> line.startsWith("{\"event\":\"") && line.endsWith("}"));
    }
  }
}
