package io.facedrop.acceptance;

import static io.facedrop.acceptance.Workbench.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.command.ExitCode;
import io.facedrop.files.Observer;
import io.facedrop.files.Tree;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Link;
import io.facedrop.sftp.BreakingLine;
import io.facedrop.sftp.Refusing;
import io.facedrop.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers and ways to them that fail while results are written: nothing is lost or doubled. */
class SftpOutputFaultsAcceptanceTest {
  private static final int TENTH = 2_000_000;

  private static final long BEFORE = 1_000;
  private static final int CUTS = 30;

  /** Less than the smallest answer. */
  private static final long STEP = 80;

  @TempDir Path folder;
  private final Refusing refusing = new Refusing();
  private SftpServer server;
  private Workbench bench;

  @BeforeEach
  void start() {
    server = SftpServer.start(folder.resolve("server")).telling(refusing);
    server.restart();
    bench = new Workbench(folder).onServer(server);
  }

  @AfterEach
  void stop() {
    bench.close();
    server.close();
  }

  @Test
  void aConnectionThatDropsAtEveryTenthOfALargePartCostsNothing() throws Exception {
    Path[] manifests = IntStream.rangeClosed(1, 9).mapToObj(this::large).toArray(Path[]::new);
    AtomicInteger connection = new AtomicInteger();
    try (BreakingLine line = BreakingLine.to(server.port());
        Observer observer = new Observer(server.root())) {
      line.cutAfter(
          () -> {
            int number = connection.incrementAndGet();
            return number < 10 ? (long) number * TENTH : Long.MAX_VALUE;
          });
      throughLine(line);

      assertThat(bench.run(manifests)).isEqualTo(ExitCode.OK);

      assertThat(line.cuts()).as("connections that were cut").isEqualTo(9);
      observer.sawOnlyWholeFiles();
    }
    everyBatchIsWhole(9, 20);
  }

  @Test
  void aConnectionThatDropsBetweenAnyTwoStepsCostsNothing() throws Exception {
    int batches = 40;
    AtomicInteger connection = new AtomicInteger();
    try (BreakingLine line = BreakingLine.to(server.port());
        Observer observer = new Observer(server.root())) {
      throughLine(line);
      assertThat(bench.run(small(0))).isEqualTo(ExitCode.OK);
      // A login and one part; so the next ones are cut while they write their first or second.
      long all = line.longest();
      line.cutAfter(
          () -> {
            int number = connection.incrementAndGet();
            return number < CUTS ? all - BEFORE + number * STEP : Long.MAX_VALUE;
          });

      Path[] manifests = IntStream.range(1, batches).mapToObj(this::small).toArray(Path[]::new);
      assertThat(bench.run(manifests)).isEqualTo(ExitCode.OK);

      assertThat(line.cuts()).as("connections that were cut").isGreaterThan(CUTS / 2);
      observer.sawOnlyWholeFiles();
    }
    everyBatchIsWhole(batches, 1);
  }

  private Path small(int number) {
    return bench.manifest("m" + number + ".csv", "image_url", Workbench.url("ok", number));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aServerThatIsGoneRightBehindARenameHasEveryPartOnce(boolean halved) throws Exception {
    AtomicBoolean gone = new AtomicBoolean();
    refusing.renamed(
        (session, file) -> {
          if (file.toString().contains(".success-") && gone.compareAndSet(false, true)) {
            if (halved) {
              Files.writeString(file, "n,ima");
            }
            drop(session);
          }
        });

    assertThat(bench.run(bench.manifest("m.csv", 30, Map.of()))).isEqualTo(ExitCode.OK);

    assertThat(gone).isTrue();
    everyBatchIsWhole(1, 30);
    bench.assertNothingMissing();
  }

  private static void drop(ServerSession session) {
    session.close(true);
  }

  @Test
  void aPartThatIsTakenAtOnceIsNotMissed() throws Exception {
    refusing.renamed(
        (session, file) -> {
          if (file.toString().contains(".success-")) {
            Files.move(file, folder.resolve("taken"));
          }
        });

    assertThat(bench.run(bench.manifest("m.csv", 30, Map.of()))).isEqualTo(ExitCode.OK);

    assertThat(bench.files("success")).isEmpty();
    assertThat(bench.ledgerFile().texts("select sha256 from part"))
        .containsExactly(Observer.sha256(folder.resolve("taken")));
  }

  @Test
  void whileResultsCannotBeWrittenNothingMoreIsSubmitted() throws Exception {
    bench
        .with("facedrop.publish.interval", "1s")
        .with("facedrop.api.rate", "40/s")
        .with("facedrop.api.concurrency", "2");
    Path manifest = bench.manifest("m.csv", 480, Map.of());
    try (Observer observer = new Observer(server.root());
        Cli run = new Cli(folder, bench.asOptions(), "run", manifest.toString())) {
      until(() -> !bench.files("success").isEmpty());
      Runnable readOnly = () -> refusing.writes(() -> new AccessDeniedException("read-only"));
      Runnable full = () -> refusing.writes(() -> new IOException("No space left on device"));
      stopsWhile(readOnly, run);
      stopsWhile(full, run);
      stopsWhile(server::stop, run);

      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
      isBrief(run);
      observer.sawOnlyWholeFiles();
      Cli status = Cli.finished(folder, bench.asOptions(), "status");
      assertThat(status.out()).doesNotContain("output success");
    }
    everyBatchIsWhole(1, 480);
    bench.assertNothingMissing();
  }

  private void stopsWhile(Runnable trouble, Cli run) {
    int parts = bench.files("success").size();
    long told = stops(run);
    trouble.run();
    until(() -> stops(run) > told);
    bench.standsStill();
    assertThat(bench.onlyBatch().open()).as("rows that wait").isPositive();
    List<Link> links = bench.ledger(ledger -> ledger.links());
    assertThat(links)
        .anyMatch(link -> link.place().equals("output success") && !link.trouble().isEmpty());
    refusing.writes(() -> null);
    server.restart();
    // Written is not published: it is read back first.
    until(() -> bench.files("success").size() > parts && goesOn(run) == told + 1);
  }

  private static long goesOn(Cli run) {
    return run.err().lines().filter(line -> line.contains("rows can be published again")).count();
  }

  private static long stops(Cli run) {
    return run.err()
        .lines()
        .filter(line -> line.contains("no success could be published for longer than"))
        .count();
  }

  @Test
  void aConnectionThatTheServerHasClosedMeanwhileIsMadeAgainWithoutAFailure() throws Exception {
    bench.with("facedrop.publish.interval", "500ms").with("facedrop.api.rate", "10/s");
    Path manifest = bench.manifest("m.csv", 40, Map.of());
    try (Cli run = new Cli(folder, bench.asOptions(), "run", manifest.toString())) {
      until(() -> !bench.files("success").isEmpty());
      server.restart();
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
      assertThat(server.logins()).isGreaterThan(2);
      isBrief(run);
    }
    everyBatchIsWhole(1, 40);
    bench.assertNothingMissing();
  }

  @Test
  void anotherHostKeyIsSentNothingUntilItIsKnown() throws Exception {
    server.changeHostKey();
    Path manifest = bench.manifest("m.csv", 30, Map.of());
    try (Cli run = new Cli(folder, bench.asOptions(), "run", manifest.toString())) {
      until(() -> run.err().contains("could not be published"));
      assertThat(run.err()).contains("does not show the host key that facedrop.sftp.known-hosts");
      assertThat(Tree.files(server.root())).isEmpty();
      assertThat(server.logins()).isZero();

      server.knownHosts(folder.resolve("known"));
      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
      assertThat(run.err()).containsOnlyOnce("output success can be published again");
      assertThat(run.err()).containsOnlyOnce("the success of batch");
      isBrief(run);
    }
    everyBatchIsWhole(1, 30);
    bench.assertNothingMissing();
  }

  @Test
  void aRejectedManifestWaitsForTheServer() throws Exception {
    server.stop();
    Path manifest = bench.manifest("broken.csv", "image_url,cell", "https://a.example/1.png");
    Files.createDirectories(folder.resolve("inbox"));
    bench.drop(manifest);
    try (Cli serve = new Cli(folder, bench.asOptions(), "serve")) {
      until(() -> serve.err().split("could not be set aside", -1).length > 2);
      assertThat(serve.err()).contains("could not be set aside and will be tried again: ");
      server.restart();
      until(() -> bench.files("rejected").size() == 2);
      until(() -> Tree.files(folder.resolve("inbox/.work")).isEmpty());
      assertThat(serve.err()).containsOnlyOnce("(RAGGED_ROW)");
    }
    assertThat(bench.names("rejected")).hasSize(2);
  }

  @Test
  void aManifestThatIsReadInPlaceIsRejectedWithTheReasonThoughItCannotBeSetAside() {
    server.stop();
    Path manifest = bench.manifest("broken.csv", "image_url,cell", "https://a.example/1.png");

    Cli run = Cli.finished(folder, bench.asOptions(), "run", manifest.toString());

    assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.REJECTED);
    assertThat(run.err())
        .containsOnlyOnce("(line 2) (RAGGED_ROW)")
        .contains("could not be set aside, stays where it is and is not tried again: ")
        .doesNotContain("will be tried again");
  }

  /** The success output alone goes through the line. */
  private void throughLine(BreakingLine line) {
    for (String output : Workbench.OUTPUTS) {
      bench.with("facedrop." + output + ".uri", "file:" + server.root().resolve(output));
    }
    bench
        .with("facedrop.success.uri", server.uri(line.port(), "success"))
        .with(
            "facedrop.sftp.known-hosts",
            server.knownHosts(folder.resolve("known"), line.port()).toString());
  }

  /** A manifest of 20 rows of a million characters each. */
  private Path large(int number) {
    String cell = "x".repeat(1_000_000);
    return bench.manifest(
        "large-" + number + ".csv",
        Stream.concat(
                Stream.of("image_url,cell"),
                IntStream.range(0, 20).mapToObj(n -> Workbench.url("ok/" + number, n) + "," + cell))
            .toArray(String[]::new));
  }

  /** Every part is there once, is what the ledger says, and nothing else is. */
  private void everyBatchIsWhole(int batches, int rows) {
    List<Batch> all = bench.ledger(ledger -> ledger.newestBatches(1_000));
    assertThat(all).hasSize(batches);
    assertThat(all).allMatch(batch -> batch.complete() && batch.succeeded() == rows);
    List<String> digests = new ArrayList<>();
    bench.files("success").forEach(file -> digests.add(Observer.sha256(file)));
    assertThat(digests)
        .containsExactlyInAnyOrderElementsOf(bench.ledgerFile().texts("select sha256 from part"));
    assertThat(Tree.files(server.root()))
        .noneMatch(file -> file.getFileName().toString().startsWith("."));
    assertThat(bench.successes()).hasSize(batches * rows);
    assertThat(bench.sandbox().posts()).isEqualTo((long) batches * rows);
  }

  /** What goes wrong is told in a line each, seldom. */
  private static void isBrief(Cli run) {
    assertThat(run.err()).doesNotContain("\tat ");
    assertThat(
            run.err().lines().filter(line -> line.contains(" ERROR ") || line.contains(" WARN ")))
        .hasSizeLessThan(25);
  }
}
