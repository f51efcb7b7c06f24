package io.facedrop.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes work on one ledger. One is killed, one is frozen past its lease and woken, one is
 * told to leave; the database is stopped twice, connections are cut, a clock is set by an hour.
 * Then it is looked from outside whether all rows are there, once, and paid once.
 *
 * <pre>mvn verify -Dcrash.only -Dit.test=NodesAcceptanceTest -Dnodes.seeds=50 -Dnodes.rows=20000
 * </pre>
 */
class NodesAcceptanceTest {
  private static final int SEEDS = Integer.getInteger("nodes.seeds", 1);
  private static final long FIRST = Long.getLong("nodes.seed", 1);
  private static final int ROWS = Integer.getInteger("nodes.rows", 1_200);

  /** Long enough for the leases to end of those that die at its beginning. */
  private static final Duration WORK = Duration.ofSeconds(Integer.getInteger("nodes.work", 24));

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void nothingIsLostAndNothingPaidTwiceWhateverBefallsTheNodes() {
    Figures figures = new Figures();
    try (Database database = new Database(folder)) {
      for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
        Random random = new Random(seed);
        Episode.Manner manner =
            new Episode.Manner(ROWS, WORK, seed % 2 == 0, seed % 3 == 0, seed % 4 < 2);
        Path home = folder.resolve("seed-" + seed);
        Access access = database.create("seed_" + seed);
        try (Episode episode = new Episode(home, database, access, manner, random)) {
          episode.live(figures);
        }
        System.out.println("nodes.seed=" + seed + " " + manner + "\n" + figures);
        assertThat(figures.faults).as("nodes.seed=%d, see %s", seed, home).isEmpty();
      }
    }
    assertThat(figures.lost + figures.publishedTwice + figures.postedTwiceUnasked).isZero();
  }
}
