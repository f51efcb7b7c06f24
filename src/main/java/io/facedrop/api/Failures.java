package io.facedrop.api;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Failures in a row, by what was asked: an endpoint that works says nothing of one that does not.
 */
final class Failures {
  private final Map<Signal.Request, Set<Long>> rows = new EnumMap<>(Signal.Request.class);

  /** What was asked when the outage began; null when there is none, or nobody knows. */
  private Signal.Request outage;

  /** Counts a row; how many different ones that makes. */
  int add(Signal signal, long row) {
    Set<Long> failed = rows.computeIfAbsent(signal.request(), request -> new HashSet<>());
    failed.add(row);
    return failed.size();
  }

  boolean areNone(Signal signal) {
    return !rows.containsKey(signal.request());
  }

  /** What failed in a row is over. */
  void end(Signal signal) {
    rows.remove(signal.request());
  }

  void clear() {
    rows.clear();
  }

  void outageBegins(Signal signal) {
    outage = signal.request();
  }

  /** Whether an answer to this leaves open whether the outage is over. */
  boolean outageIsElsewhere(Signal signal) {
    return outage != null && outage != signal.request();
  }

  void outageEnds() {
    outage = null;
  }
}
