package io.facedrop.ledger.query;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The share of tasks that have ended by an age, estimated from current status data: each first
 * query shows only whether its task has ended by then.
 *
 * <p>The maximum likelihood estimate is the isotonic regression of what the queries found, by
 * pooling adjacent violators: M. Ayer, H. D. Brunk, G. M. Ewing, W. T. Reid and E. Silverman, "An
 * empirical distribution function for sampling with incomplete information", Annals of Mathematical
 * Statistics 26 (1955); P. Groeneboom and J. A. Wellner, "Information Bounds and Nonparametric
 * Maximum Likelihood Estimation" (1992), part II.
 */
final class EndedShare {
  /** So many queries must support an age, so that one lucky task does not decide for all. */
  private static final double SUPPORT = 5;

  /** One unfinished task is no proof that more than the allowed share is. */
  private static final double CHANCE = 0.7;

  private static final double MARGIN = 0.05;

  private static final int HIGHER = AgeBins.within(1.6);
  private static final double PLATEAU_SHARE = 0.8;
  private static final double PLATEAU_WEIGHT = 25;
  private static final double PLATEAU_UNFINISHED = 1.5;

  private static final double UNLIKELY = 0.05;

  /** Durations are alike if none was seen below so much of the early age. */
  private static final double ALIKE = 0.75;

  private static final int CAUTION = 3;

  private static final double SEEN = 0.01;
  private static final double NEGLIGIBLE = 0.0005;

  /** Its last bin, weight, and weight of the ended, by block in ascending order. */
  private final int[] last = new int[AgeBins.COUNT];

  private final double[] asked = new double[AgeBins.COUNT];
  private final double[] ended = new double[AgeBins.COUNT];
  private final double[] binAsked;
  private final double[] binEnded;
  private final double[] binAge;
  private int blocks;

  /** Each array has an element a bin; {@code age} has means. */
  EndedShare(double[] binAsked, double[] binEnded, double[] binAge) {
    this.binAsked = binAsked;
    this.binEnded = binEnded;
    this.binAge = binAge;
    for (int bin = 0; bin < AgeBins.COUNT; bin++) {
      if (binAsked[bin] > NEGLIGIBLE) {
        push(bin, binAsked[bin], binEnded[bin]);
      }
    }
  }

  private void push(int bin, double weight, double weightEnded) {
    last[blocks] = bin;
    asked[blocks] = weight;
    ended[blocks] = weightEnded;
    blocks++;
    while (blocks > 1 && share(blocks - 2) >= share(blocks - 1)) {
      pool();
    }
  }

  private void pool() {
    blocks--;
    last[blocks - 1] = last[blocks];
    asked[blocks - 1] += asked[blocks];
    ended[blocks - 1] += ended[blocks];
  }

  private double share(int block) {
    return ended[block] / asked[block];
  }

  /** The lowest age by which so large a share has ended; empty if none is known. */
  OptionalLong age(double share) {
    int block = 0;
    while (block < blocks && !reaches(block, share)) {
      block++;
    }
    double support = 0;
    int from = block == 0 ? 0 : last[block - 1] + 1;
    for (int bin = from; block < blocks && bin < AgeBins.COUNT; bin++) {
      support += binAsked[bin];
      if (support >= SUPPORT) {
        return OptionalLong.of((long) Math.ceil(binAge[bin]));
      }
    }
    return OptionalLong.empty();
  }

  /** The highest known age by which hardly any task has ended; 0 if none. */
  long ageBeforeMost() {
    return highestBelow(UNLIKELY);
  }

  /** The same with caution: where durations differ much, well below the lowest that was seen. */
  long ageBeforeMost(long early) {
    long lowest = lowestEnded();
    long before = ageBeforeMost();
    return lowest >= ALIKE * early ? before : Math.min(before, lowest / CAUTION);
  }

  private long lowestEnded() {
    int bin = 0;
    while (bin < AgeBins.COUNT && binEnded[bin] <= SEEN) {
      bin++;
    }
    return bin < AgeBins.COUNT ? (long) binAge[bin] : 0;
  }

  /** Of all queries that count. */
  double weight() {
    return sum(asked, 0, blocks);
  }

  /** The same, but the age of before stays unless something speaks against it. */
  OptionalLong age(double share, long before) {
    OptionalLong lowest = age(share);
    return lowest.isPresent() && reaches(before, share)
        ? OptionalLong.of(Math.min(before, lowest.getAsLong()))
        : lowest;
  }

  /** Whether nothing is known against this share at an age. */
  private boolean reaches(long age, double share) {
    int block = blockFrom(AgeBins.of(age));
    return block < blocks && reaches(block, share);
  }

  /** Whether most tasks end by an age from which on waiting makes little difference. */
  boolean hasPlateau() {
    boolean found = false;
    for (int block = 0; block < blocks && !found; block++) {
      found = share(block) >= PLATEAU_SHARE && isPlateau(block);
    }
    return found;
  }

  private boolean isPlateau(int block) {
    int from = block == 0 ? 0 : last[block - 1] + 1;
    int higher = firstBin(block) + HIGHER;
    double low = unfinished(from, higher);
    double high = unfinished(higher, AgeBins.COUNT);
    double asked = sum(binAsked, higher, AgeBins.COUNT);
    return asked >= PLATEAU_WEIGHT
        && high >= PLATEAU_UNFINISHED
        && high / asked >= low / sum(binAsked, from, higher) / 2;
  }

  private double unfinished(int from, int to) {
    return sum(binAsked, from, to) - sum(binEnded, from, to);
  }

  private static double sum(double[] bins, int from, int to) {
    double sum = 0;
    for (int bin = from; bin < Math.min(to, bins.length); bin++) {
      sum += bins[bin];
    }
    return sum;
  }

  private boolean reaches(int block, double share) {
    double allowed = (1 - share) * asked[block] + Math.min(CHANCE, MARGIN * asked[block]);
    return asked[block] - ended[block] <= allowed;
  }

  /** The share at an age, at least; 0 below everything known. */
  double atLeast(long age) {
    int bin = AgeBins.of(age);
    double share = 0;
    for (int block = 0; block < blocks && firstBin(block) <= bin; block++) {
      share = share(block);
    }
    return share;
  }

  /** The highest age at which a query was and not more than this share has ended; 0 if none. */
  long highestBelow(double share) {
    int block = -1;
    while (block + 1 < blocks && share(block + 1) <= share) {
      block++;
    }
    return block < 0 ? 0 : (long) binAge[last[block]];
  }

  private int blockFrom(int bin) {
    int block = Arrays.binarySearch(last, 0, blocks, bin);
    return block < 0 ? -block - 1 : block;
  }

  private int firstBin(int block) {
    int bin = block == 0 ? 0 : last[block - 1] + 1;
    while (binAsked[bin] <= NEGLIGIBLE) {
      bin++;
    }
    return bin;
  }
}
