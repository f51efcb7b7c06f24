package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.Backoff;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final int DRAWS = 20_000;

  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60));
  private final Random random = new Random(7);

  @Test
  void doublesUpToTheLongest() {
    assertThat(backoff.ceiling(0)).hasSeconds(1);
    assertThat(backoff.ceiling(1)).hasSeconds(1);
    assertThat(backoff.ceiling(2)).hasSeconds(2);
    assertThat(backoff.ceiling(6)).hasSeconds(32);
    assertThat(backoff.ceiling(7)).hasSeconds(60);
    assertThat(backoff.ceiling(Integer.MAX_VALUE)).hasSeconds(60);
  }

  @Test
  void neverWrapsRoundToAShortDelay() {
    Duration initial = Duration.ofMillis((1L << 34) + 1);
    Duration longest = Duration.ofDays(365);

    assertThat(new Backoff(initial, longest).ceiling(31)).isEqualTo(longest);
  }

  @Test
  void drawsDelaysFromAMillisecondToTheCeiling() {
    for (int attempt = 1; attempt <= 8; attempt++) {
      long ceiling = backoff.ceiling(attempt).toMillis();
      long least = Long.MAX_VALUE;
      long most = 0;
      for (int draw = 0; draw < DRAWS; draw++) {
        long millis = backoff.delay(attempt, random).toMillis();
        least = Math.min(least, millis);
        most = Math.max(most, millis);
      }
      assertThat(least).isBetween(1L, ceiling / 100);
      assertThat(most).isBetween(ceiling - ceiling / 100, ceiling);
    }
  }

  @Test
  void drawsPausesFromTheUpperHalf() {
    for (int attempt = 1; attempt <= 8; attempt++) {
      long ceiling = backoff.ceiling(attempt).toMillis();
      for (int draw = 0; draw < DRAWS; draw++) {
        assertThat(backoff.pause(attempt, random).toMillis()).isBetween(ceiling / 2, ceiling);
      }
    }
  }

  @Test
  void neverPausesForNoTimeAtAll() {
    Backoff shortest = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1));

    assertThat(shortest.pause(1, random)).hasMillis(1);
  }
}
