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
  private Signal.Request outage;

  Failures() {
    clear();
  }

  /**
   * Counts a row; how many different ones that makes. That nothing can be reached counts for
   * everything.
   */
  int add(Signal signal, long row) {
    if (isEverything(signal)) {
      rows.values().forEach(failed -> failed.add(row));
    }
    Set<Long> failed = rows.get(signal.request());
    failed.add(row);
    return failed.size();
  }

  boolean areNone(Signal signal) {
    return rows.get(signal.request()).isEmpty();
  }

  /** What failed in a row is over. */
  void end(Signal signal) {
    rows.get(signal.request()).clear();
  }

  void clear() {
    for (Signal.Request request : Signal.Request.values()) {
      rows.put(request, new HashSet<>());
    }
  }

  /** What is out while all else works; null when there is no such thing, or nobody knows. */
  Signal.Request outage() {
    return outage;
  }

  void outageBegins(Signal signal) {
    outage = isEverything(signal) ? null : signal.request();
  }

  /** Nothing is out, or everything. */
  void outageEnds() {
    outage = null;
  }

  private static boolean isEverything(Signal signal) {
    return signal.kind() == Signal.Kind.UNREACHABLE;
  }
}
