package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.view.Tally;
import io.facedrop.sandbox.SandboxOptions;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code run}, from manifests to outputs and exit codes. */
class RunAcceptanceTest {
  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void open() {
    bench = new Workbench(folder);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void tenThousandRowsComeOutOnceWithTheirColumnsIntact() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> cells =
        List.of(
            "plain", "\"a \"\"quoted\"\" one\"", "\"x,y\"", "\"two\nlines\"", "", "-12.50", " é");
    StringBuilder text = new StringBuilder("id,image_url,note,other\n");
    Map<Integer, Integer> lines = new TreeMap<>();
    int line = 2;
    for (int n = 0; n < 10_000; n++) {
      String path = n % 100 == 7 ? "code-422" : n % 250 == 9 ? "code-500-once" : "ok";
      String cell = cells.get(random.nextInt(cells.size()));
      lines.put(n, line);
      line += cell.contains("\n") ? 2 : 1;
      text.append(n).append(',').append(Workbench.url(path, n)).append(',');
      text.append(cell).append(",=").append(n).append('\n');
    }
    Path manifest = bench.manifest("big.csv", text.toString().stripTrailing());

    assertThat(bench.run(manifest)).as("seed %d", seed).isEqualTo(ExitCode.DEAD_LETTERS);

    assertThat(bench.deadLetters()).hasSize(100);
    assertThat(bench.successes()).hasSize(9_900);
    Map<Integer, Map<String, String>> in = byId(read(manifest));
    Map<Integer, Map<String, String>> out = byId(bench.successes());
    out.putAll(byId(bench.deadLetters()));
    assertThat(out.keySet()).isEqualTo(in.keySet());
    in.forEach(
        (id, row) -> {
          assertThat(out.get(id)).containsAllEntriesOf(row);
          assertThat(out.get(id)).containsEntry("facedrop_line", String.valueOf(lines.get(id)));
        });
    bench.assertNothingMissing();
  }

  @Test
  void aManifestWhoseRowsAreRemovedFromTheLedgerIsStillDone() throws Exception {
    Path manifest = bench.manifest("m.csv", "image_url", "https://images.example.com/1.jpg", "no");
    assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);
    long requests = bench.sandbox().requests();
    try (Ledger ledger = Ledger.open(bench.settings().ledgerUrl(), Clock.systemUTC())) {
      while (ledger.housekeeping().forgetSome(Instant.now().plusSeconds(60))) {
        // Until nothing is left of it but itself.
      }
      Batch batch = ledger.newestBatches(1).get(0);
      assertThat(ledger.of(batch).totals().deadLetters()).isEmpty();
      assertThat(ledger.of(batch).deadLetters()).containsExactly(new Tally("INVALID_URL", null, 1));
    }

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

    assertThat(bench.sandbox().requests()).isEqualTo(requests);
  }

  @Test
  void aManifestWithoutRowsIsDoneAtOnce() {
    assertThat(bench.run(bench.manifest("none.csv", "image_url,x"))).isEqualTo(ExitCode.OK);

    assertThat(bench.sandbox().requests()).isZero();
    assertThat(bench.files("success")).isEmpty();
    assertThat(bench.report().path("rows").asInt()).isZero();
  }

  @Test
  void invalidUrlsAreDeadLettersWithoutARequest() {
    Path manifest =
        bench.manifest(
            "m.csv",
            "image_url",
            "https://images.example.com/1.jpg",
            "images/2.jpg",
            "ftp://images.example.com/3.jpg",
            "https://user:secret@images.example.com/4.jpg",
            "https://images.example.com/" + "x".repeat(8192),
            "\"\"");

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

    assertThat(bench.sandbox().posts()).isEqualTo(1);
    assertThat(bench.deadLetters())
        .hasSize(5)
        .allSatisfy(
            row ->
                assertThat(row)
                    .containsEntry("facedrop_reason", "INVALID_URL")
                    .containsEntry("facedrop_requests", "0")
                    .containsEntry("facedrop_charged", "no"));
    bench.assertNothingMissing();
  }

  @Test
  void aRejectedManifestIsKeptWithItsReason() throws IOException {
    Path manifest =
        bench.manifest(
            "ragged.csv", "image_url,a", "https://e.example/1.jpg,1,2", "https://e.example/2.jpg");

    Cli run = Cli.finished(folder, bench.asOptions(), "run", manifest.toString());

    assertThat(run.exitCode()).as(run.said()).isEqualTo(ExitCode.REJECTED);
    assertThat(bench.sandbox().requests()).isZero();
    assertThat(manifest).exists();
    List<Path> kept = bench.files("rejected");
    assertThat(run.err())
        .contains(
            "kept ragged.csv as "
                + kept.get(0)
                + ", and why it was rejected beside it, in "
                + kept.get(1).getFileName());
    assertThat(run.err())
        .as("Camel asks for the rows behind the fault")
        .doesNotContain("MulticastProcessor");
    assertThat(run.out()).isEqualTo("\n  rejected      " + manifest + ": RAGGED_ROW\n");
    assertThat(Cli.finished(folder, bench.asOptions(), "status").out())
        .contains("rejected: ragged.csv: RAGGED_ROW, ", "; kept as " + kept.get(0));
    assertThat(kept).hasSize(2);
    assertThat(kept.get(0).getFileName().toString()).matches("\\d{8}T\\d{6}Z-ragged\\.csv");
    assertThat(kept.get(0)).hasSameBinaryContentAs(manifest);
    assertThat(kept.get(1).getFileName().toString())
        .isEqualTo(kept.get(0).getFileName() + ".reason.json");
    assertThat(Files.readString(kept.get(1)))
        .contains("\"code\" : \"RAGGED_ROW\"")
        .contains("\"line\" : 2");
  }

  @Test
  void aNameThatLooksLikeAnExpressionIsNoWarning() {
    Path manifest = bench.manifest("a${b}.csv", 1, Map.of());

    Cli run = Cli.finished(folder, bench.asOptions(), "run", manifest.toString());

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
    assertThat(bench.names("success")).allMatch(name -> name.contains("${b}"));
    assertThat(run.err()).doesNotContain("WARN");
  }

  @Test
  void outputsOfAManifestWhoseNameBeginsWithADotDoNotBeginWithOne() {
    Path manifest = bench.manifest(".dot.csv", 2, Map.of());

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

    assertThat(bench.names("success")).allMatch(name -> name.startsWith("dot.")).hasSize(1);
    assertThat(bench.names("report")).allMatch(name -> name.startsWith("dot.")).isNotEmpty();
  }

  @Test
  void oneRejectedManifestDoesNotStopTheOthers() {
    Path bad = bench.manifest("bad.jsonl", "{");
    Path good =
        bench.manifest("good.txt", "# two", "https://e.example/1.jpg", "https://e.example/2.jpg");

    assertThat(bench.run(bad, good)).isEqualTo(ExitCode.REJECTED);

    assertThat(bench.successes()).hasSize(2);
    assertThat(bench.successes().get(1))
        .containsEntry("image_url", "https://e.example/2.jpg")
        .containsEntry("facedrop_line", "3");
  }

  @Test
  void theSameManifestAgainSendsNothingAndExitsAlike() {
    Path manifest = bench.manifest("m.csv", 5, Map.of(2, "code-422"));
    assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

    assertThat(bench.run(copy(manifest, "renamed.csv"))).isEqualTo(ExitCode.DEAD_LETTERS);

    assertThat(bench.sandbox().posts()).isEqualTo(5);
    bench.assertNothingMissing();
  }

  @Test
  void theSameManifestIsWorkedAgainWhenAsked() {
    Path manifest = bench.manifest("m.csv", 5, Map.of());
    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

    bench.with("facedrop.duplicate-manifest", "accept");
    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

    assertThat(bench.sandbox().posts()).isEqualTo(10);
    assertThat(bench.files("report")).hasSize(4);
  }

  @Test
  void afterTheKeyIsMendedTheSameRunGoesOnWhereItStopped() {
    bench.sandbox().acceptKeys(Set.of("the-right-key-7"));
    Path manifest = bench.manifest("m.csv", 30, Map.of());

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.RESUMABLE);
    assertThat(bench.onlyBatch().dead()).isZero();
    assertThat(bench.onlyBatch().open()).isEqualTo(30);
    assertThat(bench.sandbox().posts()).isEqualTo(1);

    bench.with("facedrop.api.key", "the-right-key-7");
    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);
    bench.assertNothingMissing();
  }

  @Test
  void waitsOutAHaltWhenAsked() {
    bench.sandbox().acceptKeys(Set.of("another"));
    Path manifest = bench.manifest("m.csv", 3, Map.of());
    Thread mender =
        new Thread(
            () -> {
              await().until(() -> bench.sandbox().posts() >= 2);
              bench.sandbox().acceptKeys(Set.of(Workbench.KEY));
            });
    mender.start();

    assertThat(bench.run(true, Duration.ofMinutes(1), manifest)).isEqualTo(ExitCode.OK);

    bench.assertNothingMissing();
  }

  @Test
  void leavesAfterMaxWaitWithoutProgress() {
    bench.stopSandbox();
    Path manifest = bench.manifest("m.csv", 3, Map.of());

    assertThat(bench.run(false, Duration.ofSeconds(1), manifest)).isEqualTo(ExitCode.RESUMABLE);

    assertThat(bench.onlyBatch().open()).isEqualTo(3);
    assertThat(bench.onlyBatch().requests()).isZero();
  }

  @Test
  void leavesAfterMaxWaitHoweverOftenItIsRefused() {
    bench.with("facedrop.gate.max-pause", "100ms");
    bench.sandbox().answerAllWith("code-429");
    Path manifest = bench.manifest("m.csv", 3, Map.of());

    assertThat(bench.run(false, Duration.ofSeconds(1), manifest)).isEqualTo(ExitCode.RESUMABLE);

    bench.sandbox().answerAllWith("code-401");
    assertThat(bench.run(true, Duration.ofSeconds(1), manifest)).isEqualTo(ExitCode.RESUMABLE);
    assertThat(bench.onlyBatch().open()).isEqualTo(3);
  }

  @Test
  void aSlashAtTheEndOfTheAddressDoesNotMatter() {
    bench.with("facedrop.api.base-url", bench.sandbox().baseUri() + "/");

    assertThat(bench.run(bench.manifest("m.csv", 2, Map.of()))).isEqualTo(ExitCode.OK);
  }

  @Test
  void theSameContentPackedOtherwiseIsTheSameManifest() throws IOException {
    Path plain = bench.manifest("m.csv", 4, Map.of());
    Path packed = folder.resolve("packed.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(plain, out);
    }

    assertThat(bench.run(packed)).isEqualTo(ExitCode.OK);
    assertThat(bench.run(plain)).isEqualTo(ExitCode.OK);

    assertThat(bench.sandbox().posts()).isEqualTo(4);
  }

  @Test
  void aFinishedManifestSendsNothingHoweverLongAgo() {
    bench.with("facedrop.duplicate-window", "0ms");
    Path manifest = bench.manifest("m.csv", 4, Map.of());

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);
    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

    assertThat(bench.sandbox().posts()).isEqualTo(4);
  }

  @Test
  void partsThatAreTakenAwayAtOnceComeOnce() throws Exception {
    Path manifest = bench.manifest("m.csv", 3_000, Map.of());
    Path taken = Files.createDirectories(folder.resolve("taken"));
    File whole = Files.createDirectories(folder.resolve("success")).toFile();
    List<String> names = new java.util.concurrent.CopyOnWriteArrayList<>();
    java.util.concurrent.atomic.AtomicBoolean over =
        new java.util.concurrent.atomic.AtomicBoolean();
    Thread consumer =
        new Thread(
            () -> {
              while (!over.get()) {
                for (File file : whole.listFiles((in, name) -> !name.startsWith("."))) {
                  String name = file.getName();
                  if (file.renameTo(taken.resolve(name + names.size()).toFile())) {
                    names.add(name);
                  }
                }
              }
            });
    consumer.start();

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

    await().until(() -> !names.isEmpty());
    over.set(true);
    consumer.join();
    assertThat(names).hasSize(1);
  }

  @Test
  void aHandshakeThatIsCutOffLeavesEveryRowOpen() throws Exception {
    try (java.net.ServerSocket server = new java.net.ServerSocket(0)) {
      Thread cutter =
          new Thread(
              () -> {
                try {
                  while (true) {
                    try (java.net.Socket socket = server.accept()) {
                      socket.setSoLinger(true, 0);
                      socket.getInputStream().read();
                    }
                  }
                } catch (IOException closed) {
                  // The test is over.
                }
              });
      cutter.start();
      bench.with("facedrop.api.base-url", "https://localhost:" + server.getLocalPort());
      Path manifest = bench.manifest("m.csv", 4, Map.of());

      assertThat(bench.run(false, Duration.ofSeconds(1), manifest)).isEqualTo(ExitCode.RESUMABLE);

      assertThat(bench.onlyBatch().open()).isEqualTo(4);
    }
  }

  @Test
  void aDeadLetterFileIsAManifestAgain() {
    Path manifest = bench.manifest("m.csv", 10, Map.of(4, "code-500-thrice"));
    assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);
    String batch = bench.onlyBatch().id();
    Path deadLetters = bench.files("dead-letter").get(0);

    assertThat(bench.run(deadLetters)).isEqualTo(ExitCode.OK);

    Map<String, String> again =
        bench.successes().stream()
            .filter(row -> row.get("n").equals("4"))
            .findFirst()
            .orElseThrow();
    assertThat(again)
        .containsEntry("facedrop_origin", batch + ":6")
        .containsEntry("facedrop_line", "2")
        .doesNotContainKey("facedrop_reason");
  }

  @Test
  void jsonLinesKeepTheirTypesAndOrder() throws IOException {
    Path manifest =
        bench.manifest(
            "m.jsonl",
            "{\"id\":1.50,\"image_url\":\"https://e.example/ok/1.jpg\",\"tags\":[\"a\",null]}",
            "{\"image_url\":\"https://e.example/code-422/2.jpg\",\"big\":123456789012345678901}");

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.DEAD_LETTERS);

    assertThat(Files.readString(bench.files("success").get(0)))
        .startsWith(
            "{\"id\":1.50,\"image_url\":\"https://e.example/ok/1.jpg\",\"tags\":[\"a\",null],"
                + "\"facedrop_batch\":\"")
        .contains("\"facedrop_line\":1,")
        .contains("\"facedrop_possible_duplicate\":false}")
        .endsWith("}\n");
    assertThat(Files.readString(bench.files("dead-letter").get(0)))
        .contains("\"big\":123456789012345678901,")
        .contains("\"facedrop_code\":422,\"facedrop_http_status\":200,");
  }

  @Test
  void compressedManifestsAreRead() throws IOException {
    Path manifest = folder.resolve("m.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(manifest))) {
      out.write(
          "\uFEFFimage_url;x\r\nhttps://e.example/1.jpg;1\r\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

    Path part = bench.files("success").get(0);
    assertThat(part.getFileName().toString())
        .matches("m\\.\\d{8}T\\d{6}Z-[0-9a-f]{8}\\.success-0001\\.csv");
    assertThat(Files.readString(part)).contains("https://e.example/1.jpg;1;");
  }

  @Test
  void keepsToItsRateEvenly() {
    bench.with("facedrop.api.rate", "50/s");
    Path manifest = bench.manifest("m.csv", 100, Map.of());

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

    long[] nanos = bench.sandbox().journal().stream().mapToLong(a -> a.nanos()).sorted().toArray();
    for (int i = 0; i + 26 < nanos.length; i++) {
      double seconds = (nanos[i + 26] - nanos[i]) / 1e9;
      assertThat(seconds).as("27 requests from %d on", i).isGreaterThan(25 / 50.0 - 0.05);
    }
  }

  @Test
  void aSandboxThatLimitsAndFailsLosesNothing() {
    bench.close();
    bench =
        new Workbench(
            folder,
            SandboxOptions.defaults()
                .withRequestsPerSecond(400)
                .withFailureShare(0.05)
                .withSeed(7));
    bench.with("facedrop.retry.max-attempts", "10");
    bench.with("facedrop.gate.trip-after", "20");

    assertThat(bench.run(bench.manifest("m.csv", 1_000, Map.of()))).isEqualTo(ExitCode.OK);

    assertThat(bench.successes()).hasSize(1_000);
    bench.assertNothingMissing();
  }

  private Path copy(Path file, String name) {
    try {
      return Files.copy(file, folder.resolve(name));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static List<Map<String, String>> read(Path csv) {
    try (var reader = de.siegmar.fastcsv.reader.CsvReader.builder().ofNamedCsvRecord(csv)) {
      return reader.stream().map(row -> row.getFieldsAsMap()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Map<Integer, Map<String, String>> byId(List<Map<String, String>> rows) {
    Map<Integer, Map<String, String>> byId = new HashMap<>();
    rows.forEach(row -> assertThat(byId.put(Integer.valueOf(row.get("id")), row)).isNull());
    return byId;
  }
}
