package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;
import io.facedrop.api.pace.Pacer;
import java.util.EnumMap;
import java.util.Map;

/** The pace of creates and that of queries: one for both, or one for each. */
final class Paces {
  private final RequestKind rarer;
  private final Map<RequestKind, Pacer> pacers = new EnumMap<>(RequestKind.class);

  /**
   * @param now monotonic nanoseconds
   */
  Paces(GateLimits limits, long now) {
    rarer =
        limits.intervalNanos() > limits.queryIntervalNanos()
            ? RequestKind.CREATE
            : RequestKind.QUERY;
    Pacer creates = new Pacer(limits.intervalNanos(), now);
    pacers.put(RequestKind.CREATE, creates);
    pacers.put(
        RequestKind.QUERY,
        limits.isShared() ? creates : new Pacer(limits.queryIntervalNanos(), now));
  }

  /**
   * The same permit, for the rarer kind first where each has a rate of its own: what goes often
   * takes the next place, and would else hold the other's place again and again.
   */
  Permit rarerFirst(Permit permit) {
    boolean either = permit.first() == null && !permit.isPartial();
    return areShared() || !either ? permit : permit.first(rarer);
  }

  Pacer of(RequestKind kind) {
    return pacers.get(kind);
  }

  private boolean areShared() {
    return of(RequestKind.CREATE) == of(RequestKind.QUERY);
  }

  /** One goes, by a permit that may turn out to be of either kind: it has a place in both paces. */
  void take(Permit permit, long now) {
    for (RequestKind kind : RequestKind.values()) {
      if (isPlace(permit, kind)) {
        of(kind).take(now);
      }
    }
  }

  /** A permit is used for this kind: its place in the other pace is free again. */
  void use(Permit permit, RequestKind kind) {
    if (!areShared() && permit.allows(kind.other())) {
      of(kind.other()).giveBack();
    }
  }

  /** A permit is used for nothing. */
  void giveBack(Permit permit) {
    for (RequestKind kind : RequestKind.values()) {
      if (isPlace(permit, kind)) {
        of(kind).giveBack();
      }
    }
  }

  private boolean isPlace(Permit permit, RequestKind kind) {
    return areShared() ? kind == RequestKind.CREATE : permit.allows(kind);
  }
}
