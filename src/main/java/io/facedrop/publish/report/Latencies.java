package io.facedrop.publish.report;

import io.facedrop.ledger.view.Traffic;
import java.util.Map;
import java.util.TreeMap;

/** Latencies counted by class, of which quantiles are estimated. */
final class Latencies {
  private static final double MEDIAN = 0.5;
  private static final double NEARLY_ALL = 0.95;

  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long total;

  /** Counts what took a known time. */
  void add(Traffic traffic) {
    if (traffic.latency() != Traffic.UNKNOWN) {
      counts.merge(traffic.latency(), traffic.requests(), Long::sum);
      total += traffic.requests();
    }
  }

  /** Null when nothing took a known time. */
  Quantiles quantiles() {
    return total == 0
        ? null
        : new Quantiles(total, Math.round(quantile(MEDIAN)), Math.round(quantile(NEARLY_ALL)));
  }

  /** In milliseconds, as if the times of a class were spread evenly over it. */
  double quantile(double share) {
    double rank = share * total;
    long before = 0;
    for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
      if (before + entry.getValue() >= rank) {
        double shortest = shortest(entry.getKey());
        double width = Traffic.longestMillis(entry.getKey()) - shortest;
        return shortest + width * (rank - before) / entry.getValue();
      }
      before += entry.getValue();
    }
    return 0;
  }

  private static double shortest(int latency) {
    return latency == 0 ? 0 : Traffic.longestMillis(latency - 1);
  }
}
