package io.facedrop.publish.report;

import io.facedrop.ledger.view.Traffic;
import java.util.EnumMap;
import java.util.Map;

/** Adds up the traffic of one slot, or of all of them. */
final class SlotCounts {
  private final Map<Traffic.Kind, long[]> sums = new EnumMap<>(Traffic.Kind.class);
  private final Map<Traffic.Kind, Latencies> latencies = new EnumMap<>(Traffic.Kind.class);

  SlotCounts() {
    for (Traffic.Kind kind : Traffic.Kind.values()) {
      sums.put(kind, new long[4]);
      latencies.put(kind, new Latencies());
    }
  }

  void add(Traffic traffic) {
    long[] sum = sums.get(traffic.kind());
    sum[0] += traffic.requests();
    sum[1] += traffic.again();
    sum[2] += traffic.succeeded();
    sum[3] += traffic.dead();
    latencies.get(traffic.kind()).add(traffic);
  }

  private Quantiles latency(Traffic.Kind kind) {
    return latencies.get(kind).quantiles();
  }

  /** Faces are no requests and settle no row a second time. */
  Slot slot() {
    long[] posts = sums.get(Traffic.Kind.CREATE);
    long[] gets = sums.get(Traffic.Kind.QUERY);
    return new Slot(
        posts[0],
        gets[0],
        posts[1],
        gets[1],
        posts[2] + gets[2],
        posts[3] + gets[3],
        latency(Traffic.Kind.CREATE),
        latency(Traffic.Kind.QUERY),
        latency(Traffic.Kind.FACES));
  }
}
