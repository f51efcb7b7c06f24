package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import io.facedrop.sandbox.SelfSigned;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The program as a process of its own. */
class CliAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> NONE = List.of();

  @TempDir Path folder;

  @Test
  void withoutACommandItHelps() {
    Cli cli = Cli.finished(folder, NONE);

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.out())
        .contains("serve", "run", "demo", "sandbox", "check", "status", "resume", "cancel");
  }

  @Test
  void anUnknownCommandIsWrongUsage() {
    Cli cli = Cli.finished(folder, NONE, "rum");

    assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("Did you mean", "run");
  }

  @Test
  void everyFaultOfTheConfigurationIsToldInOneGo() throws IOException {
    Files.writeString(
        folder.resolve("application.properties"),
        "facedrop.api.rate=-3/s\nfacedrop.retry.max-attempts=0\nfacedrop.api.rat=2/s\n");

    Cli cli = Cli.finished(folder, NONE, "serve");

    assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err())
        .contains("facedrop.api.rat is not a known property; did you mean facedrop.api.rate?")
        .contains("facedrop.api.rate must be such as 2/s, 20/10s or unlimited but is '-3/s'")
        .contains("facedrop.retry.max-attempts cannot be less than 1 but is 0")
        .contains("facedrop.api.key is missing")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          show x --samples -1      | --samples must be from 0 to 1,000,000 but is -1
          status --most 0          | --most must be from 1 to 1,000,000 but is 0
          sandbox --port 65536     | --port must be from 0 to 65,535 but is 65,536
          sandbox --limit -1       | --limit must be from 0 to 1,000,000,000 but is -1
          sandbox --credits -1     | --credits must be from 0 to 1,000,000,000 but is -1
          sandbox --failures 1.5   | --failures must be from 0 to 1 but is 1.5
          sandbox --latency -1s    | --latency must be
          run x --max-wait -1s     | --max-wait must be
          """)
  void aNumberThatCannotBeMeantIsWrongUsage(String command, String words) {
    Cli cli = Cli.finished(folder, NONE, command.split(" "));

    assertThat(cli.exitCode()).as(cli.toString()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains(words);
  }

  @Test
  void aMissingManifestIsWrongUsage() {
    Cli cli = Cli.finished(folder, List.of("-Dfacedrop.api.key=k"), "run", "nowhere.csv");

    assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("nowhere.csv is not a file that can be read");
  }

  @Test
  void aSecondProcessOnTheSameLedgerIsToldWhoWorksThere() {
    try (Workbench bench = new Workbench(folder);
        Cli serve = new Cli(folder, bench.asOptions(), "serve")) {
      await().atMost(PATIENCE).until(() -> serve.err().contains("watching"));

      Cli second = Cli.finished(folder, bench.asOptions(), "serve");

      assertThat(second.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(second.err())
          .contains("another facedrop (process " + serve.process().pid() + ")")
          .contains("; stop it first, or set a facedrop.ledger.url that this serve has to itself");
      String manifest = bench.manifest("m.csv", 1, Map.of()).toString();
      assertThat(Cli.finished(folder, bench.asOptions(), "run", manifest).err())
          .contains("; stop it first, or if it is serve, drop the manifest into its inbox");
      Cli status = Cli.finished(folder, bench.asOptions(), "status");
      assertThat(status.exitCode()).isZero();
      assertThat(status.out())
          .contains("worker: process " + serve.process().pid(), "no batches yet");
    }
  }

  @Test
  void sigtermStopsServeInOrderAndTheNextOneGoesOn() {
    try (Workbench bench = new Workbench(folder)) {
      bench.sandbox().latency(Duration.ofMillis(50));
      bench.drop(bench.manifest("m.csv", 2_000, Map.of()));
      try (Cli serve = new Cli(folder, bench.asOptions(), "serve")) {
        await().atMost(PATIENCE).until(() -> bench.sandbox().posts() > 50);

        serve.process().destroy();

        assertThat(serve.exitCode()).as(serve.toString()).isEqualTo(ExitCode.RESUMABLE);
      }
      bench.assertNothingMissing();
      assertThat(bench.onlyBatch().dead()).isZero();
      bench.sandbox().latency(Duration.ZERO);
      try (Cli serve = new Cli(folder, bench.asOptions(), "serve")) {
        await().atMost(PATIENCE).until(() -> bench.files("report").size() == 2);
      }
      assertThat(bench.successes()).hasSize(2_000);
    }
  }

  @Test
  void aKilledRunGoesOnWithAtMostConcurrencyRowsInDoubt() {
    try (Workbench bench = new Workbench(folder)) {
      bench.sandbox().latency(Duration.ofMillis(30));
      Path manifest = bench.manifest("m.csv", 1_000, Map.of());
      try (Cli run = new Cli(folder, bench.asOptions(), "run", manifest.toString())) {
        await().atMost(PATIENCE).until(() -> bench.sandbox().posts() > 100);
      }

      Cli again = Cli.finished(folder, bench.asOptions(), "run", manifest.toString());

      assertThat(again.exitCode()).as(again.toString()).isIn(ExitCode.OK, ExitCode.DEAD_LETTERS);
      assertThat(bench.deadLetters())
          .hasSizeLessThanOrEqualTo(8)
          .allSatisfy(row -> assertThat(row).containsEntry("facedrop_reason", "IN_DOUBT"));
      assertThat(bench.successes().size() + bench.deadLetters().size()).isEqualTo(1_000);
      assertThat(bench.sandbox().journal().stream().map(arrival -> arrival.imageUrl()))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void theDemoWorksAndWorksAgainAlthoughItKillsItsWorker() {
    for (int time = 0; time < 2; time++) {
      Cli demo = Cli.finished(folder, NONE, "demo");

      assertThat(demo.exitCode()).as(demo.toString()).isZero();
      assertThat(demo.out())
          .contains("--- kill -9 ")
          .containsPattern("24 rows = \\d+ succeeded \\+ \\d+ dead letters\\n")
          .containsPattern("(\\d+) POSTs were answered with a task, for \\1 different images\\n")
          .containsPattern("\\d+ POSTs \\+ \\d+ GETs arrived, \\d+ requests stand in the ledger\\n")
          .containsPattern("Open the report: .*\\.report\\.html\\n$");
    }
  }

  @Test
  void checkTellsWhatAManifestWouldCost() {
    try (Workbench bench = new Workbench(folder, SandboxOptions.defaults().withCredits(5))) {
      Path manifest =
          bench.manifest(
              "m.csv", "image_url", Workbench.url("ok", 1), Workbench.url("ok", 1), "nonsense");
      bench.with("facedrop.api.rate", "2/s");

      Cli check = Cli.finished(folder, bench.asOptions(), "check", manifest.toString());

      assertThat(check.exitCode()).as(check.toString()).isZero();
      assertThat(check.out().lines().map(line -> line.replaceAll("\\s+", " ")))
          .contains(
              "key accepted",
              "balance 5",
              " rows 3",
              " repeated 1",
              " credits 2",
              " time about 1s at 2/s, 7,200 rows an hour");
      assertThat(bench.sandbox().posts()).isZero();
    }
  }

  @Test
  void checkOfAFinishedManifestTellsThatNothingIsLeftToPay() {
    try (Workbench bench = new Workbench(folder)) {
      Path manifest = bench.manifest("m.csv", 3, Map.of());
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      Cli check = Cli.finished(folder, bench.asOptions(), "check", manifest.toString());

      assertThat(check.out().lines().map(line -> line.replaceAll("\\s+", " ")))
          .contains(" credits 0")
          .anyMatch(line -> line.matches(" seen before as batch \\S+, complete"));
      assertThat(folder.resolve("inbox")).as("neither run nor check needs one").doesNotExist();
    }
  }

  @Test
  void checkSaysOfAFinishedManifestThatWouldBePaidForAgainWhatItCosts() {
    try (Workbench bench = new Workbench(folder).with("facedrop.duplicate-window", "0ms")) {
      Path manifest = bench.manifest("m.csv", 3, Map.of());
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

      Cli check = Cli.finished(folder, bench.asOptions(), "check", manifest.toString());

      assertThat(check.out().replaceAll("\\s+", " "))
          .contains("run sends nothing, but dropped it is worked again", "credits 3 ");
      bench.drop(bench.manifest("again.csv", 3, Map.of()));
      try (Workbench.Serving serving = bench.serve()) {
        await().atMost(Duration.ofMinutes(1)).until(() -> bench.sandbox().posts() == 6);
      }
    }
  }

  @Test
  void checkRefusesANameThatAcceptanceRefuses() {
    try (Workbench bench = new Workbench(folder)) {
      Path manifest = bench.manifest("x".repeat(210) + ".csv", 3, Map.of());

      Cli check = Cli.finished(folder, bench.asOptions(), "check", manifest.toString());

      assertThat(check.exitCode()).as(check.toString()).isEqualTo(ExitCode.REJECTED);
      assertThat(check.out()).contains("would be rejected: NAME_TOO_LONG");
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.REJECTED);
    }
  }

  @Test
  void anotherProgramsVariablesAreNoFaultOfTheConfiguration() {
    Cli cli =
        Cli.finished(
            folder, List.of(), java.util.Map.of("FACEDROP_PORT", "tcp://10.0.0.1"), "status");

    assertThat(cli.exitCode()).as(cli.toString()).isZero();
    Cli typo =
        Cli.finished(folder, List.of(), java.util.Map.of("FACEDROP_API_RAET", "3/s"), "status");
    assertThat(typo.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(typo.err()).contains("did you mean FACEDROP_API_RATE?");
  }

  @Test
  void whatWasTypedCountsBeforeTheEnvironmentAndThatBeforeTheFileThatIsNamed() throws IOException {
    Path file = folder.resolve("conf/facedrop.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        "facedrop.api.rate=of the file\n"
            + "facedrop.gate.trip-after=of the file\n"
            + "facedrop.api.concurrency=of the file\n");

    Cli cli =
        Cli.finished(
            folder,
            List.of(),
            Map.of("FACEDROP_API_RATE", "of the environment", "FACEDROP_GATE_TRIP_AFTER", "7"),
            "status",
            "--config",
            file.toString(),
            "-Dfacedrop.api.rate=typed");

    assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err().lines().filter(line -> line.startsWith("  - ")))
        .satisfiesExactly(
            rate -> assertThat(rate).contains("facedrop.api.rate", "is 'typed'"),
            concurrency ->
                assertThat(concurrency).contains("facedrop.api.concurrency", "is 'of the file'"));
    assertThat(Cli.finished(folder, List.of(), "status", "--config=none").err())
        .contains("--config names none, which is not a file that can be read");
  }

  @Test
  void brokenRoutesOfOnesOwnAreToldInWords() throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    Files.writeString(folder.resolve("routes/detect-faces.camel.yaml"), "- route:\n    from: [\n");
    Path manifest = Files.writeString(folder.resolve("m.csv"), "image_url\n");

    Cli cli = Cli.finished(folder, List.of("-Dfacedrop.api.key=k"), "run", manifest.toString());

    assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err())
        .contains("routes/detect-faces.camel.yaml, line 3")
        .doesNotContain("\tat ");
  }

  @Test
  void aFileWhereADirectoryIsNeededIsToldAtStart() throws IOException {
    Files.writeString(folder.resolve("data"), "");

    Cli cli = Cli.finished(folder, List.of("-Dfacedrop.api.key=k"), "serve");

    assertThat(cli.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(cli.err()).contains("facedrop.success.uri needs a directory, but", "is a file");
  }

  @Test
  void aDamagedLedgerIsToldInWordsAndLeftAsItIs() throws IOException {
    Path ledger = folder.resolve("ledger.db");
    String letter = "A letter, and no ledger. ".repeat(100);
    Files.writeString(ledger, letter);

    for (String command : List.of("status", "serve", "check")) {
      Cli cli =
          Cli.finished(
              folder,
              List.of("-Dfacedrop.api.key=k", "-Dfacedrop.ledger.url=jdbc:sqlite:" + ledger),
              command);

      assertThat(cli.exitCode()).as(cli.toString()).isEqualTo(ExitCode.USAGE);
      assertThat(cli.err())
          .contains("is damaged, or no ledger", "restore a backup")
          .doesNotContain("\tat ", "Exception");
    }
    assertThat(ledger).hasContent(letter);
  }

  @Test
  void checkRefusesAWrongKeyAndABrokenManifest() {
    try (Workbench bench = new Workbench(folder)) {
      Path manifest = bench.manifest("m.csv", "no,url", "1,2");
      assertThat(Cli.finished(folder, bench.asOptions(), "check", manifest.toString()).exitCode())
          .isEqualTo(ExitCode.REJECTED);

      bench.sandbox().acceptKeys(java.util.Set.of("another"));
      Cli check = Cli.finished(folder, bench.asOptions(), "check");
      assertThat(check.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(check.out()).contains("the API refused the key");
    }
  }

  @Test
  void theSandboxServesAloneUntilItIsStopped() throws Exception {
    try (Cli cli = new Cli(folder, NONE, "sandbox", "--port", "0")) {
      Matcher address = Pattern.compile("http://\\S+").matcher("");
      await().atMost(PATIENCE).until(() -> address.reset(cli.out()).find());
      HttpResponse<String> balance =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(address.group() + "/api/v1/client/account/balance"))
                      .header("x-api-key", "any")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(balance.body()).contains("\"code\":200");

      cli.process().destroy();

      assertThat(cli.exitCode()).isZero();
    }
  }

  @Test
  void oneWireRequestForEachAttemptOverHttpsToo() throws Exception {
    SelfSigned certificate = SelfSigned.create(folder);
    try (Workbench bench = new Workbench(folder);
        Sandbox https =
            Sandbox.start(
                SandboxOptions.defaults()
                    .withSslContext(certificate.serverContext())
                    .withRecord(true))) {
      bench.with("facedrop.api.base-url", https.baseUri().toString());
      Path manifest = bench.manifest("m.csv", 6, Map.of(2, "code-429-once", 4, "http-503-once"));
      List<String> options = new ArrayList<>(bench.asOptions());
      options.add("-Djavax.net.ssl.trustStore=" + certificate.trustStore());
      options.add("-Djavax.net.ssl.trustStorePassword=" + certificate.password());

      Cli run = Cli.finished(folder, options, "run", manifest.toString());

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(https.postsOf(Workbench.url("code-429-once", 2))).isEqualTo(2);
      assertThat(https.postsOf(Workbench.url("http-503-once", 4))).isEqualTo(2);
      assertThat(https.posts()).isEqualTo(8).isEqualTo(bench.onlyBatch().requests());
    }
  }

  @Test
  void anUntrustedCertificateSendsNothingAndKeepsEveryRowOpen() throws Exception {
    SelfSigned certificate = SelfSigned.create(folder);
    try (Workbench bench = new Workbench(folder);
        Sandbox https =
            Sandbox.start(SandboxOptions.defaults().withSslContext(certificate.serverContext()))) {
      bench.with("facedrop.api.base-url", https.baseUri().toString());
      Path manifest = bench.manifest("m.csv", 3, Map.of());

      Cli run =
          Cli.finished(folder, bench.asOptions(), "run", "--max-wait", "1s", manifest.toString());

      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.RESUMABLE);
      assertThat(https.posts()).isZero();
      assertThat(bench.onlyBatch().open()).isEqualTo(3);
    }
  }

  /** A page of rows is bounded by what is in them, too. */
  @Test
  void wideRowsArePublishedInLittleMemory() throws IOException {
    Path manifest = folder.resolve("wide.csv");
    String cell = "x".repeat(900_000);
    try (BufferedWriter writer = Files.newBufferedWriter(manifest)) {
      writer.write("image_url,wide\n");
      for (int n = 0; n < 150; n++) {
        writer.write(Workbench.url("ok", n) + "," + cell + "\n");
      }
    }
    try (Workbench bench = new Workbench(folder)) {
      List<String> options = new ArrayList<>(bench.asOptions());
      options.add("-Xmx96m");

      Cli run = Cli.finished(folder, options, "run", "--max-wait=30s", manifest.toString());

      assertThat(run.exitCode()).as(run.toString()).isZero();
      assertThat(run.err()).doesNotContain("OutOfMemoryError");
      assertThat(bench.successes()).hasSize(150);
    }
  }

  @Test
  void aMillionRowsWithTasksAreCheckedInLittleMemory() throws IOException {
    Path manifest = folder.resolve("tasks.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(manifest)) {
      writer.write("image_url,facedrop_detect_task_id\n");
      for (int n = 0; n < 1_000_000; n++) {
        writer.write(Workbench.url("ok", n) + ",task-" + n + "\n");
      }
    }
    try (Workbench bench = new Workbench(folder)) {
      assertThat(bench.run(bench.manifest("m.csv", 1, Map.of()))).isZero();
      List<String> options = new ArrayList<>(bench.asOptions());
      options.add("-Xmx256m");

      try (Cli check = new Cli(folder, options, "check", manifest.toString())) {
        AtomicLong most = new AtomicLong();
        await()
            .atMost(Duration.ofMinutes(2))
            .pollInterval(Duration.ofMillis(100))
            .until(
                () -> {
                  most.accumulateAndGet(memory(check.process()), Math::max);
                  return !check.isAlive();
                });

        assertThat(check.exitCode()).as(check.toString()).isZero();
        assertThat(check.out()).contains("rows         1,000,000");
        // SQLite's own is not in the heap.
        assertThat(most.get()).as("kB in memory").isBetween(50_000L, 600_000L);
      }
    }
  }

  /** So many kB are in use, as the system sees it. */
  private static long memory(Process process) {
    Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException ended) {
      return 0;
    }
  }

  @Test
  void aMillionRowsAreAcceptedInLittleMemory() throws IOException {
    Path manifest = folder.resolve("million.csv");
    try (BufferedWriter writer = Files.newBufferedWriter(manifest)) {
      writer.write("image_url,a,b,c\n");
      for (int n = 0; n < 1_000_000; n++) {
        writer.write(Workbench.url("ok", n) + "," + n + ",some words,more\n");
      }
    }
    try (Workbench bench = new Workbench(folder)) {
      bench.with("facedrop.api.rate", "1/s");
      List<String> options = new ArrayList<>(bench.asOptions());
      options.add("-Xmx256m");
      try (Cli run = new Cli(folder, options, "run", manifest.toString())) {
        await().atMost(Duration.ofMinutes(2)).until(() -> bench.sandbox().posts() > 0);
        assertThat(run.err())
            .contains("1,000,000 rows, 0 with an invalid URL, about 11d 13h at 1/s");

        run.process().destroy();

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.RESUMABLE);
      }
      assertThat(bench.onlyBatch().rows()).isEqualTo(1_000_000);
    }
  }
}
