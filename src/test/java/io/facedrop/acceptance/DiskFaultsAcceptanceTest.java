package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.command.ExitCode;
import io.facedrop.files.Observer;
import io.facedrop.files.SmallDisk;
import io.facedrop.sandbox.SandboxOptions;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks without room, and a ledger that somebody else keeps locked: it waits and goes on. */
class DiskFaultsAcceptanceTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int CONCURRENCY = 8;
  private static final SandboxOptions QUICK_TASKS =
      SandboxOptions.defaults().withTaskDuration(Duration.ofMillis(10));

  @TempDir Path folder;

  @Test
  void aFullDiskUnderTheLedgerStopsSendingUntilThereIsRoom() throws Exception {
    try (SmallDisk disk = SmallDisk.at(folder.resolve("small"), 24);
        Workbench bench = new Workbench(folder)) {
      bench
          .with("facedrop.ledger.url", "jdbc:sqlite:" + disk.folder().resolve("ledger.db"))
          .with("facedrop.api.rate", "100/s");
      Path manifest = bench.manifest("m.csv", 400, Map.of());
      try (Cli run = new Cli(folder, debugging(bench), "run", manifest.toString())) {
        until(() -> bench.sandbox().posts() > 50);
        disk.fill();
        until(() -> run.err().contains("the disk that the ledger lies on is full: make room"));
        bench.standsStill();
        assertEveryRequestWasClaimed(bench);

        Cli status = Cli.finished(folder, bench.asOptions(), "status");
        assertThat(status.out()).contains("disk: only 0 MB left for " + disk.folder());
        assertNobodyKnowsTheEnd(bench);
        until(() -> run.err().lines().anyMatch(DiskFaultsAcceptanceTest::isSuspendedByFullDisk));

        disk.makeRoom();
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
        assertThat(
                run.err().lines().filter(line -> line.contains("can be written again, going on")))
            .as("no flapping: %s", run)
            .hasSize(1);
        isBrief(run);
      }
      assertThat(bench.successes()).hasSize(400);
      bench.assertNothingMissing();
    }
  }

  @Test
  void aStartOnAFullDiskSaysSoAndTheNextOneGoesOn() throws Exception {
    try (SmallDisk disk = SmallDisk.at(folder.resolve("small"), 4);
        Workbench bench = new Workbench(folder)) {
      bench.with("facedrop.ledger.url", "jdbc:sqlite:" + disk.folder().resolve("ledger.db"));
      Path manifest = bench.manifest("m.csv", 20, Map.of());
      disk.fill();

      Cli run = Cli.finished(folder, bench.asOptions(), "run", manifest.toString());

      assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.INTERNAL);
      assertThat(run.err()).contains(disk.folder().toString()).contains("No space left on device");
      assertThat(bench.sandbox().posts()).isZero();
      disk.makeRoom();
      assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);
      bench.assertNothingMissing();
    }
  }

  @Test
  void aFullDiskUnderTheOutputsStopsSubmittingAndShowsNoHalfFile() throws Exception {
    try (SmallDisk disk = SmallDisk.at(folder.resolve("success"), 4);
        Workbench bench = new Workbench(folder, QUICK_TASKS).awaitingFaces();
        Observer observer = new Observer(disk.folder())) {
      bench
          .with("facedrop.publish.interval", "500ms")
          .with("facedrop.api.rate", "150/s")
          .with("facedrop.faces.open-tasks", "100");
      Path manifest = bench.manifest("m.csv", 400, "faces-2");
      try (Cli run = new Cli(folder, debugging(bench), "run", manifest.toString())) {
        until(() -> !bench.files("success").isEmpty());
        disk.fill();
        until(() -> run.err().contains("make room on that disk: until then nothing more"));
        try (Cli status = new Cli(folder, bench.asOptions(), "status")) {
          bench.standsStill();
          assertThat(run.err()).contains("No space left on device");
          assertThat(bench.onlyBatch().open()).as("rows that wait").isPositive();
          until(() -> awaitingFaces(bench) == 0);
          assertThat(status.exitCode()).as(status.toString()).isZero();
          assertThat(status.out()).contains("disk: only 0 MB left for " + disk.folder());
          assertNobodyKnowsTheEnd(bench);
          until(() -> run.err().contains("suspended: rows cannot be published, so nothing more"));
        }
        disk.makeRoom();
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
        isBrief(run);
      }
      observer.sawOnlyWholeFiles();
      assertThat(bench.successes()).hasSize(400);
      bench.assertNothingMissing();
    }
  }

  /** Tasks that are paid for and followed, whatever is full. */
  private static long awaitingFaces(Workbench bench) {
    return bench.ledgerFile().number("select count(*) from progress where state = 'submitted'");
  }

  @Test
  void aLedgerThatIsLockedMeanwhileIsWaitedFor() throws Exception {
    try (Workbench bench = new Workbench(folder)) {
      bench.with("facedrop.api.rate", "100/s");
      Path manifest = bench.manifest("m.csv", 400, Map.of());
      try (Cli run = new Cli(folder, debugging(bench), "run", manifest.toString())) {
        until(() -> bench.sandbox().posts() > 50);
        try (Connection other = DriverManager.getConnection(bench.settings().ledgerUrl());
            Statement statement = other.createStatement()) {
          statement.execute("pragma busy_timeout = 60000");
          statement.execute("begin immediate");
          bench.standsStill();
          assertEveryRequestWasClaimed(bench);

          Cli status = Cli.finished(folder, bench.asOptions(), "status");
          assertThat(status.exitCode()).as(status.toString()).isZero();

          until(() -> run.err().contains("another program keeps the ledger locked"));
          bench.standsStill();
          statement.execute("rollback");
        }
        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).contains("the ledger can be written again, going on");
        isBrief(run);
      }
      assertThat(bench.successes()).hasSize(400);
      bench.assertNothingMissing();
    }
  }

  private static boolean isSuspendedByFullDisk(String line) {
    return line.matches(
            "\\d+ of 400 rows: .*suspended: .* the disk that the ledger lies on is full.*")
        && !line.contains("rows/s")
        && !line.endsWith(" left");
  }

  private void assertNobodyKnowsTheEnd(Workbench bench) {
    Cli status = Cli.finished(folder, bench.asOptions(), "status", "--json");
    assertThat(status.out())
        .containsPattern("\"eta\" ?: ?null")
        .doesNotContainPattern("\"eta\" ?: ?\"");
  }

  /** What has arrived is either settled or claimed, by the ledger. */
  private static void assertEveryRequestWasClaimed(Workbench bench) {
    List<String> known =
        bench
            .ledgerFile()
            .texts(
                """
                select image_url
                  from manifest_row
                 where id in (select id from progress union select row_id from claim)
                """);
    assertThat(known)
        .containsAll(bench.sandbox().journal().stream().map(it -> it.imageUrl()).toList());
    assertThat(bench.ledgerFile().number("select count(*) from claim"))
        .isLessThanOrEqualTo(CONCURRENCY);
  }

  /** Warnings and errors are told, not poured out. */
  private static void isBrief(Cli run) {
    assertThat(
            run.err().lines().filter(line -> line.contains(" ERROR ") || line.contains(" WARN ")))
        .hasSizeLessThan(20);
  }

  private static List<String> debugging(Workbench bench) {
    List<String> options = new ArrayList<>(bench.asOptions());
    options.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=debug");
    return options;
  }

  private static void until(Callable<Boolean> condition) {
    await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
  }
}
