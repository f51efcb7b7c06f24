package io.facedrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the packaged program again and again, at every named point and at random moments, and looks
 * from outside whether all rows are there, once, and paid once.
 *
 * <pre>mvn verify -Dcrash.only -Dcrash.kills=500 -Dcrash.seed=7</pre>
 */
class CrashAcceptanceTest {
  private static final int KILLS = Integer.getInteger("crash.kills", 25);
  private static final long SEED = Long.getLong("crash.seed", 1);

  private static final int KILLS_AN_EPISODE = 25;
  private static final int MOMENTS = 3;
  private static final int LATEST_MILLIS = 4_000;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void nothingIsLostAndNothingPaidTwiceHoweverOftenItIsKilled() throws IOException {
    Random random = new Random(SEED);
    List<Kill> kills = kills(random);
    Figures figures = new Figures();
    System.out.println("crash.seed=" + SEED + ", crash.kills=" + KILLS);
    try (StandIn standIn = new StandIn(folder)) {
      boolean resubmit = random.nextBoolean();
      for (int first = 0; first < KILLS; first += episodeSize()) {
        List<Kill> some = kills.subList(first, Math.min(KILLS, first + episodeSize()));
        episode("episode-" + first, resubmit, random.nextLong(), standIn, figures, some);
        resubmit = !resubmit;
      }
      List<Kill> missed = figures.missed.stream().map(point -> new Kill(point, 1, null)).toList();
      if (!missed.isEmpty()) {
        episode("missed", resubmit, random.nextLong(), standIn, figures, missed);
      }
    }
    assertThat(figures.missed).as("points that were never reached").isEmpty();
    assertThat(figures.kills).isGreaterThanOrEqualTo(KILLS);
    assertThat(figures.lost + figures.publishedTwice + figures.postedTwiceUnasked).isZero();
    assertThat(figures.rowsPostedAgain).isEqualTo(figures.marks - figures.needlessMarks);
  }

  private void episode(
      String name, boolean resubmit, long seed, StandIn standIn, Figures figures, List<Kill> kills)
      throws IOException {
    Path home = Files.createDirectory(folder.resolve(name));
    new Episode(home, resubmit, seed, standIn, figures).run(kills);
    System.out.println(name + "\n" + figures);
    assertThat(figures.faults).as("seed %d\n%s", SEED, figures).isEmpty();
  }

  /** Both policies have their turn, also where there are few kills. */
  private static int episodeSize() {
    return Math.min(KILLS_AN_EPISODE, Math.max(1, (KILLS + 1) / 2));
  }

  /** Every point in turn with moments in between, shuffled. */
  private static List<Kill> kills(Random random) {
    List<Kill> kills = new ArrayList<>();
    while (kills.size() < KILLS) {
      List<Kill> round = new ArrayList<>();
      CrashPoint.all().forEach(point -> round.add(at(point, random)));
      for (int i = 0; i < MOMENTS; i++) {
        round.add(new Kill(null, 0, Duration.ofMillis(1 + random.nextInt(LATEST_MILLIS))));
      }
      Collections.shuffle(round, random);
      kills.addAll(round);
    }
    return kills.subList(0, KILLS);
  }

  private static Kill at(CrashPoint point, Random random) {
    return new Kill(point, 1 + random.nextInt(point.visits()), Duration.ZERO);
  }
}
