package io.facedrop.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.facedrop.files.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Nodes whose statements reach the server by a pooler, each transaction by another connection. */
class PgBouncerAcceptanceTest {
  /** Fewer than the nodes have, so that they share them. */
  private static final int CONNECTIONS = 6;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Database database;

  @BeforeEach
  void open() {
    if (System.getenv("CI") == null) {
      assumeThat(PgBouncer.program()).as("PgBouncer, which Debian's package brings").isPresent();
    }
    database = new Database(folder);
    database.create("pooled");
  }

  @AfterEach
  void close() {
    if (database != null) {
      database.close();
    }
  }

  @Test
  @Tag("long")
  void nothingIsLostAndNothingPaidTwiceBehindAPooler() {
    Figures figures = new Figures();
    Episode.Manner manner = new Episode.Manner(600, Duration.ofSeconds(22), false, false, true);
    try (PgBouncer pooler = new PgBouncer(folder, database.port(), CONNECTIONS);
        Episode episode =
            new Episode(folder.resolve("home"), database, access(pooler), manner, new Random(7))) {
      episode.live(figures);
    }
    System.out.println(figures);
    assertThat(figures.faults).isEmpty();
  }

  /** What a command sets for its connection, the next who is lent that would have as well. */
  @Test
  void aCommandThatOnlyReadsLeavesNoTraceOnConnections() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Load load = new Load("home", home.resolve("inbox"), 120, new Random(3));
    try (PgBouncer pooler = new PgBouncer(folder, database.port(), 3);
        Api api = new Api();
        Cluster cluster = new Cluster(home, access(pooler), -1, -1)) {
      cluster.with("facedrop.api.base-url", api.address()).with("facedrop.api.rate", "60/s");
      cluster.start(0, "one");
      cluster.start(1, "two");
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> cluster.at(0).works() && cluster.at(1).works());
      for (int i = 0; i < 3; i++) {
        Node status = cluster.beside("status");
        assertThat(status.exitCode()).as(status.said()).isZero();
        load.drop(i == 2 ? Integer.MAX_VALUE : i);
      }

      await()
          .atMost(Duration.ofSeconds(120))
          .until(
              () ->
                  reports(home) == load.manifests().size()
                      && database.books("pooled").isComplete());

      assertThat(cluster.at(0).terminate()).as(cluster.at(0).said()).isZero();
      assertThat(cluster.at(1).terminate()).as(cluster.at(1).said()).isZero();
      assertThat(cluster.at(0).said() + cluster.at(1).said()).doesNotContain(" ERROR ");
    }
  }

  private static Access access(PgBouncer pooler) {
    return new Access(pooler.port(), "pooled", "?prepareThreshold=0");
  }

  private static long reports(Path home) {
    return Tree.files(home.resolve("report")).stream()
        .filter(file -> file.toString().endsWith(".report.json"))
        .count();
  }
}
