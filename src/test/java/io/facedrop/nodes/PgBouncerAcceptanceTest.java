package io.facedrop.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Nodes whose statements reach the server by a pooler, each transaction by another connection. */
class PgBouncerAcceptanceTest {
  /** Fewer than the nodes have, so that they share them. */
  private static final int CONNECTIONS = 6;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @BeforeEach
  void isThere() {
    if (System.getenv("CI") == null) {
      assumeThat(PgBouncer.program()).as("PgBouncer, which Debian's package brings").isPresent();
    }
  }

  @Test
  void nothingIsLostAndNothingPaidTwiceBehindAPooler() {
    Figures figures = new Figures();
    Episode.Manner manner = new Episode.Manner(800, Duration.ofSeconds(24), false, false, true);
    try (Database database = new Database(folder);
        PgBouncer pooler = new PgBouncer(folder, database.port(), CONNECTIONS)) {
      database.create("pooled");
      Access access = new Access(pooler.port(), "pooled", "?prepareThreshold=0");
      Path home = folder.resolve("pooled");
      try (Episode episode = new Episode(home, database, access, manner, new Random(7))) {
        episode.live(figures);
      }
    }
    System.out.println(figures);
    assertThat(figures.faults).isEmpty();
  }
}
