package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.facedrop.api.gate.GateState;
import io.facedrop.config.Settings;
import io.facedrop.config.SettingsReader;
import io.facedrop.files.Tree;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerPlace;
import io.facedrop.ledger.jdbc.NodeIdentity;
import io.facedrop.ledger.model.Batch;
import io.facedrop.sandbox.Sandbox;
import io.facedrop.sandbox.SandboxOptions;
import io.facedrop.sftp.SftpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A folder, a sandbox, settings that point at both, and the packaged program that has them. */
final class Workbench implements AutoCloseable {
  static final String KEY = "canary-6f1d2b";
  static final List<String> OUTPUTS =
      List.of("success", "dead-letter", "report", "rejected", "archive");

  private final Path folder;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private Path shown;
  private Sandbox sandbox;

  Workbench(Path folder, SandboxOptions options) {
    this.folder = folder;
    this.shown = folder;
    this.sandbox = Sandbox.start(options.withRecord(true));
    with("facedrop.api.base-url", sandbox.baseUri().toString());
    with("facedrop.api.key", KEY);
    with("facedrop.api.rate", "unlimited");
    with("facedrop.api.concurrency", "8");
    with("facedrop.api.connect-timeout", "2s");
    with("facedrop.api.response-timeout", "5s");
    with("facedrop.retry.max-attempts", "3");
    with("facedrop.retry.initial-delay", "20ms");
    with("facedrop.retry.max-delay", "200ms");
    with("facedrop.gate.probe-interval", "200ms");
    with("facedrop.faces.await", "false");
    with("facedrop.console.port", "off");
    with("facedrop.inbox", folder.resolve("inbox").toString());
    for (String output : OUTPUTS) {
      with("facedrop." + output + ".uri", "file:" + folder.resolve(output));
    }
    with("facedrop.ledger.url", "jdbc:sqlite:" + folder.resolve("ledger.db"));
  }

  Workbench(Path folder) {
    this(folder, SandboxOptions.defaults());
  }

  /** Follows every task, in quick succession. */
  Workbench awaitingFaces() {
    return with("facedrop.faces.await", "true")
        .with("facedrop.faces.poll-ages", "20ms,50ms,100ms")
        .with("facedrop.faces.poll-interval", "100ms");
  }

  /** Publishes to folders of an SFTP server, by password, through a relay or at its own port. */
  Workbench onServer(SftpServer server, int port) {
    for (String output : OUTPUTS) {
      with("facedrop." + output + ".uri", server.uri(port, output));
    }
    shownAt(server.root());
    return with("facedrop.sftp.password", SftpServer.PASSWORD)
        .with(
            "facedrop.sftp.known-hosts",
            server.knownHosts(folder.resolve("known"), port).toString());
  }

  Workbench onServer(SftpServer server) {
    return onServer(server, server.port());
  }

  /** The outputs are looked for below this folder. */
  Workbench shownAt(Path place) {
    shown = place;
    return this;
  }

  Workbench with(String key, String value) {
    settings.put(key, value);
    return this;
  }

  Sandbox sandbox() {
    return sandbox;
  }

  /** Ends the sandbox; {@link #startSandbox} brings another up at the same address. */
  void stopSandbox() {
    sandbox.close();
  }

  void startSandbox(SandboxOptions options) {
    sandbox = Sandbox.start(options.withPort(sandbox.port()).withRecord(true));
  }

  Path folder() {
    return folder;
  }

  Settings settings() {
    try {
      return SettingsReader.readWithKey(settings);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The settings as {@code -D} options of another process. */
  List<String> asOptions() {
    return settings.entrySet().stream()
        .map(entry -> "-D" + entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.toList());
  }

  Path manifest(String name, String... lines) {
    try {
      return Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A CSV of so many rows, each with a number and its URL, some paths told by their row. */
  Path manifest(String name, int rows, Map<Integer, String> paths) {
    return manifest(
        name,
        Stream.concat(
                Stream.of("n,image_url"),
                IntStream.range(0, rows)
                    .mapToObj(n -> n + "," + url(paths.getOrDefault(n, "ok"), n)))
            .toArray(String[]::new));
  }

  /** A CSV of so many rows, all of one path. */
  Path manifest(String name, int rows, String path) {
    return manifest(
        name, rows, IntStream.range(0, rows).boxed().collect(Collectors.toMap(n -> n, n -> path)));
  }

  static String url(String path, int number) {
    return "https://images.example.com/" + path + "/" + number + ".jpg";
  }

  int run(Path... manifests) {
    return run(false, Duration.ofMinutes(1), manifests);
  }

  /**
   * @param wait whether it stays when the API halts it
   */
  int run(boolean wait, Duration maxWait, Path... manifests) {
    List<String> command = new ArrayList<>();
    command.add("run");
    if (wait) {
      command.add("--wait");
    }
    command.add("--max-wait=" + maxWait.toMillis() + "ms");
    Stream.of(manifests).map(Path::toString).forEach(command::add);
    try (Cli run = new Cli(folder, asOptions(), command.toArray(String[]::new))) {
      return run.exitCode();
    }
  }

  /** A run that goes on beside the test, whatever halts it. */
  final class Running implements AutoCloseable {
    private final Cli run;

    private Running(Path manifest) {
      run = new Cli(folder, asOptions(), "run", "--wait", "--max-wait=2m", manifest.toString());
    }

    int exitCode() {
      return run.exitCode();
    }

    @Override
    public void close() {
      run.terminate();
    }
  }

  Running start(Path manifest) {
    return new Running(manifest);
  }

  /** A serve that watches the inbox. */
  final class Serving implements AutoCloseable {
    private final Cli serve = new Cli(folder, asOptions(), "serve");
    private final Ledger ledger;

    private Serving() {
      until(() -> !serve.isAlive() || serve.err().contains("watching "));
      assertThat(serve.isAlive()).as(serve.toString()).isTrue();
      ledger = openLedger();
    }

    /** As another process sees it. */
    Ledger ledger() {
      return ledger;
    }

    String log() {
      return serve.err();
    }

    GateState gate() {
      List<GateState> gates = ledger.gates();
      return gates.isEmpty() ? GateState.NEW : gates.get(0);
    }

    /** How many pauses in a row an outage has led to. */
    int outageLevel() {
      return gate().outages().values().stream().mapToInt(GateState.Outage::level).max().orElse(0);
    }

    Batch onlyBatch() {
      List<Batch> batches = ledger.newestBatches(2);
      assertThat(batches).hasSize(1);
      return batches.get(0);
    }

    boolean hasBatches(int count) {
      return ledger.newestBatches(1000).size() == count;
    }

    @Override
    public void close() {
      ledger.close();
      serve.terminate();
    }
  }

  Serving serve() {
    return new Serving();
  }

  /** A command in the folder of the settings. */
  Cli command(String... command) {
    return new Cli(folder, asOptions(), command);
  }

  private LedgerPlace place() {
    Settings.LedgerAddress address = settings().ledger();
    return new LedgerPlace(
        address.url(), address.username(), address.password(), NodeIdentity.USUAL);
  }

  private Ledger openLedger() {
    return place().open("", Clock.systemUTC(), moment -> moment, 0);
  }

  LedgerFile ledgerFile() {
    return new LedgerFile(place().file().orElseThrow());
  }

  /** Puts a file into the inbox at once and whole. */
  Path drop(Path manifest) {
    try {
      Path inbox = Files.createDirectories(folder.resolve("inbox"));
      return Files.move(manifest, inbox.resolve(manifest.getFileName()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T> T ledger(java.util.function.Function<Ledger, T> question) {
    try (Ledger ledger = openLedger()) {
      return question.apply(ledger);
    }
  }

  Batch onlyBatch() {
    return ledger(
        ledger -> {
          List<Batch> batches = ledger.newestBatches(2);
          assertThat(batches).hasSize(1);
          return batches.get(0);
        });
  }

  List<Map<String, String>> successes() {
    return rows("success");
  }

  List<Map<String, String>> deadLetters() {
    return rows("dead-letter");
  }

  /** The files of an output, without those that are still being written. */
  List<Path> files(String output) {
    return Tree.wholeFiles(shown.resolve(output));
  }

  /** Their names below the output. */
  List<String> names(String output) {
    return files(output).stream()
        .map(file -> shown.resolve(output).relativize(file).toString())
        .toList();
  }

  /** Nothing arrives any more but what was on its way. */
  void standsStill() {
    await()
        .atMost(Duration.ofSeconds(90))
        .during(Duration.ofSeconds(1))
        .until(
            new Callable<>() {
              private long last = -1;

              @Override
              public Boolean call() {
                long now = sandbox.posts();
                boolean same = now == last;
                last = now;
                return same;
              }
            });
  }

  /** Waits as long as a busy machine may need. */
  static void until(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50)).until(condition);
  }

  JsonNode report() {
    List<Path> reports =
        files("report").stream().filter(file -> file.toString().endsWith(".report.json")).toList();
    assertThat(reports).hasSize(1);
    try {
      return new ObjectMapper().readTree(reports.get(0).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Every row is in one output once, and the ledger knows of every request that arrived. */
  void assertNothingMissing() {
    assertNothingMissing(0);
  }

  /**
   * Every row is in one output once, and the ledger knows of every request that arrived.
   *
   * @param inDoubt so many requests at most of which nobody knows whether they arrived
   */
  void assertNothingMissing(long inDoubt) {
    Batch batch = onlyBatch();
    assertThat(batch.rows()).isEqualTo(batch.succeeded() + batch.dead() + batch.open());
    assertThat(batch.requests())
        .as("requests in the ledger")
        .isBetween(
            sandbox.posts() + sandbox.results(), sandbox.posts() + sandbox.results() + inDoubt);
    place().file().ifPresent(Workbench::assertSound);
    List<String> lines = new ArrayList<>();
    successes().forEach(row -> lines.add(row.get("facedrop_line")));
    deadLetters().forEach(row -> lines.add(row.get("facedrop_line")));
    assertThat(lines).doesNotHaveDuplicates();
    if (batch.complete()) {
      assertThat(lines).hasSize((int) batch.rows());
      assertThat(report().path("succeeded").asLong()).isEqualTo(successes().size());
      assertThat(report().path("dead_letters").asLong()).isEqualTo(deadLetters().size());
    }
    assertKeyNowhere();
  }

  private static void assertSound(Path ledger) {
    assertThat(new LedgerFile(ledger).texts("pragma integrity_check")).containsExactly("ok");
  }

  private void assertKeyNowhere() {
    for (Path file : Tree.files(folder)) {
      try {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain(KEY, SftpServer.PASSWORD);
      } catch (NoSuchFileException gone) {
        // A temporary file that has become one of the others.
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private List<Map<String, String>> rows(String output) {
    return rowsBelow(shown.resolve(output));
  }

  /** The rows of every file below a folder that is not being written. */
  List<Map<String, String>> rowsBelow(Path place) {
    return CsvRows.of(Tree.wholeFiles(place));
  }

  @Override
  public void close() {
    sandbox.close();
  }
}
