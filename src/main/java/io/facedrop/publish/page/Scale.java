package io.facedrop.publish.page;

import java.util.ArrayList;
import java.util.List;

/**
 * Values along the height of a plot.
 *
 * @param low value at the foot
 * @param high value at the top
 * @param logarithmic whether equal heights are equal ratios
 * @param ticks values with a line across the plot
 */
record Scale(double low, double high, boolean logarithmic, List<Double> ticks) {
  private static final int MOST_STEPS = 5;
  private static final int LEAST_TICKS = 3;
  private static final double[] ROUND = {1, 2, 5};

  /** From zero to a round number above the highest value. */
  static Scale linear(double highest) {
    double step = roundUp(Math.max(highest, Double.MIN_NORMAL) / MOST_STEPS);
    List<Double> ticks = new ArrayList<>();
    for (int i = 0; i * step < highest + step; i++) {
      ticks.add(i * step);
    }
    return new Scale(0, ticks.get(ticks.size() - 1), false, ticks);
  }

  /** Like {@link #linear}, with lines at whole numbers only. */
  static Scale counts(long highest) {
    return linear(Math.max(highest, MOST_STEPS));
  }

  /** Between round numbers around the lowest and the highest value, both above zero. */
  static Scale logarithmic(double lowest, double highest) {
    List<Double> ticks = new ArrayList<>();
    ticks.add(roundDown(lowest));
    while (ticks.get(ticks.size() - 1) < highest || ticks.size() < LEAST_TICKS) {
      ticks.add(roundUp(ticks.get(ticks.size() - 1) * 1.01));
    }
    double low = ticks.get(0);
    double high = ticks.get(ticks.size() - 1);
    if (ticks.size() > MOST_STEPS + 1) {
      ticks.removeIf(tick -> roundOf(tick) != 1);
    }
    return new Scale(low, high, true, ticks);
  }

  /** How far up a value is: 0 at the foot, 1 at the top. */
  double share(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, low) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return Math.max(0, Math.min(1, share));
  }

  /** The least of 1, 2 and 5 times a power of ten that is not below a value. */
  static double roundUp(double value) {
    double power = power(value);
    for (double round : ROUND) {
      if (round * power >= value * (1 - 1e-9)) {
        return round * power;
      }
    }
    return 10 * power;
  }

  private static double roundDown(double value) {
    double power = power(value);
    return roundOf(value) * power;
  }

  private static double roundOf(double value) {
    double power = power(value);
    double round = 1;
    for (double candidate : ROUND) {
      round = candidate * power <= value * (1 + 1e-9) ? candidate : round;
    }
    return round;
  }

  private static double power(double value) {
    return Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
  }
}
