package io.facedrop.ledger.query;

/**
 * When tasks end that were found unfinished: a life table (events over exposure) by age, from their
 * later queries.
 *
 * <p>These queries say nothing of all tasks, only of those that were unfinished.
 */
final class Stragglers {
  /** Bins in which an age doubles. */
  private static final int DOUBLING = AgeBins.within(2);

  /** What to expect without evidence of each doubling of an age: events a task. */
  private static final double[] EXPECTED = {1.5, 0.75, 0.2, 0.1, 0.05};

  private static final double EXPECTED_NEXT = 1.6;
  private static final double EXPECTED_AT_PLATEAU = 0.1;

  /** So many tasks must be followed through a doubling to count as much as what is expected. */
  private static final double EXPECTED_WEIGHT = 2;

  final double[] followed = new double[AgeBins.COUNT];
  final double[] ended = new double[AgeBins.COUNT];

  /** A task that was unfinished at an age was queried again. */
  void add(long from, long to, boolean hasEnded) {
    int first = AgeBins.of(from) + 1;
    int last = Math.max(first, AgeBins.of(to));
    double part = 1.0 / (last - first + 1);
    for (int bin = first; bin <= last && bin < AgeBins.COUNT; bin++) {
      ended[bin] += hasEnded ? part : 0;
      followed[bin] += hasEnded ? 1 - (bin - first + 0.5) * part : 1;
    }
  }

  /**
   * Of the tasks that are unfinished at an age, the share that ends in the end.
   *
   * @param plateau whether waiting seems to make little difference
   */
  double shareThatEnds(long age, boolean plateau) {
    double expected = plateau ? EXPECTED_AT_PLATEAU : 1;
    double events = 0;
    for (int doubling = 0; doubling < EXPECTED.length; doubling++) {
      events += events(AgeBins.of(age) + doubling * DOUBLING, expected * EXPECTED[doubling]);
    }
    return 1 - Math.exp(-events);
  }

  /** By which factor an age must rise until so large a share of what is unfinished has ended. */
  double factor(long age, double share) {
    return Math.pow(2, -Math.log(1 - share) / events(AgeBins.of(age), EXPECTED_NEXT));
  }

  /** Events a task within one doubling of its age. */
  private double events(int bin, double expected) {
    int from = bin + 1;
    double exposure = EXPECTED_WEIGHT;
    double events = EXPECTED_WEIGHT * expected;
    for (int each = from; each < Math.min(from + DOUBLING, AgeBins.COUNT); each++) {
      exposure += followed[each] / DOUBLING;
      events += ended[each];
    }
    return events / exposure;
  }
}
