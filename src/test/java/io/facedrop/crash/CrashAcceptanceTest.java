package io.facedrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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
  private static final int KILLS = Integer.getInteger("crash.kills", 15);
  private static final long SEED = Long.getLong("crash.seed", 1);

  private static final int EPISODE = 13;

  /** Random moments for each round of the points; the first from the start on. */
  private static final int MOMENTS = Integer.getInteger("crash.moments", 2);

  private static final int LATEST_MILLIS = 2_500;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  @Test
  void nothingIsLostAndNothingPaidTwiceHoweverOftenItIsKilled() throws IOException {
    Random random = new Random(SEED);
    Iterator<Kill> kills = kills(random);
    Figures figures = new Figures();
    System.out.println("crash.seed=" + SEED + ", crash.kills=" + KILLS);
    try (StandIn standIn = new StandIn(folder)) {
      for (int number = random.nextInt(12); figures.kills < KILLS; number++) {
        Episode.Manner manner =
            new Episode.Manner(number % 4 == 3, number % 2 == 1, number % 3 == 0);
        int size = Math.min(EPISODE, KILLS - figures.kills);
        List<Kill> some = Stream.generate(kills::next).limit(size).toList();
        episode(manner, random.nextLong(), standIn, figures, some);
      }
      List<Kill> missed = figures.missed.stream().map(point -> Kill.at(point, 1)).toList();
      if (!missed.isEmpty()) {
        episode(
            new Episode.Manner(false, false, true), random.nextLong(), standIn, figures, missed);
      }
    }
    assertThat(figures.missed).as("points that were never reached").isEmpty();
    assertThat(figures.kills).isGreaterThanOrEqualTo(KILLS);
    assertThat(figures.lost + figures.publishedTwice + figures.postedTwiceUnasked).isZero();
  }

  private void episode(
      Episode.Manner manner, long seed, StandIn standIn, Figures figures, List<Kill> kills)
      throws IOException {
    Path home = Files.createDirectory(folder.resolve("after-" + figures.kills + "-kills"));
    new Episode(home, manner, seed, standIn, figures).run(kills);
    System.out.println(manner + "\n" + figures);
    assertThat(figures.faults).as("seed %d\n%s", SEED, figures).isEmpty();
  }

  /** Every point in turn with moments in between, shuffled, without end. */
  private static Iterator<Kill> kills(Random random) {
    return Stream.generate(() -> round(random)).flatMap(List::stream).iterator();
  }

  private static List<Kill> round(Random random) {
    List<Kill> round = new ArrayList<>();
    CrashPoint.all().forEach(point -> round.add(at(point, random)));
    for (int i = 0; i < MOMENTS; i++) {
      round.add(Kill.after(i > 0, 1 + random.nextInt(LATEST_MILLIS)));
    }
    Collections.shuffle(round, random);
    return round;
  }

  private static Kill at(CrashPoint point, Random random) {
    return Kill.at(point, 1 + random.nextInt(point.visits()));
  }
}
