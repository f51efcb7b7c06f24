package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Failures in a row, by what was asked: a request that works says nothing of one that does not.
 *
 * <p>That nothing can be reached is no row's fault, so each time counts, and for every kind.
 */
public final class Failures {
  private final Map<RequestKind, Set<Long>> rows = new EnumMap<>(RequestKind.class);
  private final Set<RequestKind> doubtful = new HashSet<>();
  private int unreachable;

  public Failures() {
    for (RequestKind kind : RequestKind.values()) {
      rows.put(kind, new HashSet<>());
    }
  }

  /** Counts a failure; how many of its kind there were in a row, of different rows. */
  public int add(Signal signal, long row) {
    if (signal.kind() == Signal.Kind.UNREACHABLE) {
      unreachable++;
    } else {
      rows.get(signal.request()).add(row);
      if (signal.kind() == Signal.Kind.DOUBT) {
        doubtful.add(signal.request());
      }
    }
    return rows.get(signal.request()).size() + unreachable;
  }

  public boolean areNone(RequestKind kind) {
    return unreachable == 0 && rows.get(kind).isEmpty();
  }

  /** Whether a row was lost to one of them. */
  public boolean areDoubtful(RequestKind kind) {
    return doubtful.contains(kind);
  }

  /** The API answered this kind of request: it can be reached, and what failed in a row is over. */
  public void end(RequestKind kind) {
    unreachable = 0;
    rows.get(kind).clear();
    doubtful.remove(kind);
  }
}
