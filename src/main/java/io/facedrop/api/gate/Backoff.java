package io.facedrop.api.gate;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: a delay drawn evenly from 1 ms to {@code initial ·
 * 2^(n-1)}, at most {@code longest}.
 */
public record Backoff(Duration initial, Duration longest) {

  /** Upper end of the n-th delay, n from 1. */
  public Duration ceiling(int attempt) {
    int doublings = Math.min(Math.max(attempt, 1) - 1, 30);
    boolean beyond = initial.toMillis() > longest.toMillis() >> doublings;
    return beyond ? longest : Duration.ofMillis(initial.toMillis() << doublings);
  }

  /** The n-th delay, n from 1, with full jitter. */
  public Duration delay(int attempt, RandomGenerator random) {
    return Duration.ofMillis(1 + random.nextLong(Math.max(1, ceiling(attempt).toMillis())));
  }

  /**
   * The n-th delay, n from 1, drawn from the upper half: for pauses, where no delay at all would be
   * no pause.
   */
  public Duration pause(int attempt, RandomGenerator random) {
    long ceiling = ceiling(attempt).toMillis();
    long half = (ceiling + 1) / 2;
    return Duration.ofMillis(half + random.nextLong(ceiling - half + 1));
  }
}
