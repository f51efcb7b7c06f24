package io.facedrop.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.command.ExitCode;
import io.facedrop.ledger.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program with its ledger on a PostgreSQL server. */
class RunOnPostgresAcceptanceTest {
  private static final String PASSWORD = "canary-92d1c7";

  @TempDir Path folder;
  private Workbench bench;

  @BeforeEach
  void open() throws Exception {
    TestServer.execute("create schema accepted");
    Path password = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    bench =
        new Workbench(folder)
            .awaitingFaces()
            .with("facedrop.ledger.url", TestServer.address("accepted"))
            .with("facedrop.ledger.username", TestServer.USER)
            .with("facedrop.ledger.password-file", password.toString());
  }

  @AfterEach
  void close() {
    bench.close();
    TestServer.execute("drop schema accepted cascade");
  }

  @Test
  void aManifestGoesFromItsRowsToItsReport() {
    Path manifest =
        bench.manifest("m.csv", 300, Map.of(7, "code-422", 8, "code-500-once", 9, "code-500"));

    try (Cli run = bench.command("run", manifest.toString())) {
      assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DEAD_LETTERS);
    }

    assertThat(bench.successes()).hasSize(298);
    assertThat(bench.deadLetters()).hasSize(2);
    assertThat(bench.report().path("rows").asInt()).isEqualTo(300);
    bench.assertNothingMissing();
  }

  @Test
  void aSecondRunPaysForNothing() {
    bench.with("facedrop.faces.poll-ages", "auto");
    Path manifest = bench.manifest("m.csv", 20, Map.of());
    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);
    long requests = bench.sandbox().requests();

    assertThat(bench.run(manifest)).isEqualTo(ExitCode.OK);

    assertThat(bench.sandbox().requests()).isEqualTo(requests);
  }

  @Test
  void statusTellsOfTheLedgerAndNeverOfThePassword() {
    try (Cli none = bench.command("status")) {
      assertThat(none.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(none.out()).contains("! there is no ledger jdbc:postgresql:");
      assertThat(none.out()).doesNotContain(PASSWORD);
    }
    bench.run(bench.manifest("m.csv", 3, Map.of()));

    try (Cli status = bench.command("status")) {
      assertThat(status.exitCode()).isEqualTo(ExitCode.OK);
      assertThat(status.out()).contains("complete", "m.csv");
      assertThat(status.out() + status.err()).doesNotContain(PASSWORD);
    }
  }

  @Test
  void aServerThatIsNotThereIsSaidInWords() {
    bench.with("facedrop.ledger.url", "jdbc:postgresql://localhost:1/facedrop");

    try (Cli run = bench.command("run", bench.manifest("m.csv", 3, Map.of()).toString())) {
      assertThat(run.exitCode()).isNotEqualTo(ExitCode.OK);
      assertThat(run.err())
          .contains("the ledger jdbc:postgresql://localhost:1/facedrop cannot be opened: ")
          .doesNotContain(PASSWORD)
          .doesNotContain("at io.facedrop");
    }
  }
}
