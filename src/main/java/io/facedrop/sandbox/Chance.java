package io.facedrop.sandbox;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Strikes a share of the times it is asked, the same times for the same seed. */
final class Chance {
  private final double share;
  private final long seed;
  private final AtomicLong asked = new AtomicLong();

  Chance(double share, long seed) {
    this.share = share;
    this.seed = seed;
  }

  boolean strikes() {
    return share > 0 && draw(asked.getAndIncrement()) < share;
  }

  private double draw(long number) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number).nextDouble();
  }
}
