package io.facedrop.crash;

import java.time.Duration;

/**
 * How a life ends.
 *
 * @param point where, or null for a moment
 * @param visit at which visit of the point
 * @param after how long after the start, for a moment; of a point, how long it is waited for
 */
record Kill(CrashPoint point, int visit, Duration after) {
  @Override
  public String toString() {
    return point == null
        ? "%d ms after its start".formatted(after.toMillis())
        : "%s, visit %d".formatted(point.name(), visit);
  }
}
