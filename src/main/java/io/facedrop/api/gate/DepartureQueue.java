package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;
import io.facedrop.api.pace.Pace;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Who waits to depart, by the pace at which they do. Not safe for threads: the gate's lock. */
final class DepartureQueue {
  /** What makes a pace for a kind of request. */
  interface Source {
    Pace pace(RequestKind kind, long intervalNanos);
  }

  private final Map<RequestKind, Pace> paces = new EnumMap<>(RequestKind.class);
  private final Map<Pace, Integer> waiting = new IdentityHashMap<>();

  DepartureQueue(GateLimits limits, Source source) {
    Pace creates = source.pace(RequestKind.CREATE, limits.intervalNanos());
    paces.put(RequestKind.CREATE, creates);
    paces.put(
        RequestKind.QUERY,
        limits.isShared() ? creates : source.pace(RequestKind.QUERY, limits.queryIntervalNanos()));
  }

  Pace of(RequestKind kind) {
    return paces.get(kind);
  }

  /** So many more, or fewer, wait. */
  void add(RequestKind kind, int more) {
    Pace pace = of(kind);
    pace.waiting(waiting.merge(pace, more, Integer::sum));
  }

  /** Nanoseconds until no more wait than take place in a time. */
  long pileNanos(RequestKind kind, long aheadNanos, long now) {
    Pace pace = of(kind);
    int before = waiting.getOrDefault(pace, 0) - 1 - pace.placesIn(aheadNanos);
    return before > 0 ? pace.waitNanos(now, before) : 0;
  }
}
