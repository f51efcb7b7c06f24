package io.facedrop.bench.endpoint;

import java.util.Random;
import java.util.function.LongSupplier;

/**
 * How long tasks take: log-normal, or always the same with a sigma of 0.
 *
 * @param sigma of the logarithm
 * @param seed of the draws, so that all contenders get the same
 */
public record Durations(long medianMillis, double sigma, long seed) {
  /** Every task has ended when it is queried. */
  public static final Durations NONE = constant(0);

  public static Durations constant(long millis) {
    return new Durations(millis, 0, 0);
  }

  public boolean isNone() {
    return medianMillis == 0;
  }

  /** Milliseconds of the first task, of the second, and so on. */
  public LongSupplier inOrder() {
    Random draws = new Random(seed);
    return () -> Math.round(medianMillis * Math.exp(sigma * draws.nextGaussian()));
  }

  /** As options of {@code /bench/reset}. */
  public String options() {
    return "&duration=" + medianMillis + "&sigma=" + sigma + "&seed=" + seed;
  }
}
