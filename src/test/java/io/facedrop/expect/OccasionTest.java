package io.facedrop.expect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OccasionTest {
  private static final int DAY = 1_000;

  /**
   * Days of manifests, some of which are missing or late. By the oracle each day's own manifest is
   * known; the occasion knows only when they came.
   */
  @Test
  void aManifestThatIsLateByLessThanHalfADayIsTakenForItsOwnDays() {
    long seed = Long.getLong("occasion.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int trial = 0; trial < 500; trial++) {
      List<Instant> arrivals = new ArrayList<>();
      boolean missed = false;
      for (int day = 1; day < 30; day++) {
        Instant before = Instant.ofEpochSecond((day - 1L) * DAY);
        Instant deadline = Instant.ofEpochSecond((long) day * DAY);
        int fate = random.nextInt(3);
        // Early ones come in the half before their deadline.
        boolean inTime = fate == 0;
        if (inTime) {
          arrivals.add(deadline.minusSeconds(random.nextInt(DAY / 2 - 1)));
        }
        boolean met =
            new Occasion(before, deadline, missed).arrival(since(arrivals, before)).isPresent();

        assertThat(met).as("day %d of %s, occasion.seed=%d", day, arrivals, seed).isEqualTo(inTime);
        if (fate == 1) {
          arrivals.add(deadline.plusSeconds(1 + random.nextInt(DAY / 2 - 1)));
        }
        missed = !met;
      }
    }
  }

  private static List<Instant> since(List<Instant> arrivals, Instant before) {
    return arrivals.stream().filter(arrival -> arrival.isAfter(before)).sorted().toList();
  }

  @Test
  void afterADeadlineThatWasMetEverythingCountsForTheNext() {
    Instant before = Instant.ofEpochSecond(0);
    Instant deadline = Instant.ofEpochSecond(DAY);

    assertThat(new Occasion(before, deadline, false).arrival(List.of(before.plusSeconds(1))))
        .contains(before.plusSeconds(1));
    assertThat(new Occasion(before, deadline, false).arrival(List.of(before))).isEmpty();
  }

  @Test
  void theSecondAfterAMissedDeadlineCountsForTheNext() {
    Instant before = Instant.ofEpochSecond(0);
    Occasion occasion = new Occasion(before, Instant.ofEpochSecond(DAY), true);

    assertThat(occasion.arrival(List.of(before.plusSeconds(1)))).isEmpty();
    assertThat(occasion.arrival(List.of(before.plusSeconds(1), before.plusSeconds(2))))
        .contains(before.plusSeconds(2));
  }
}
