package io.facedrop.crash;

import java.time.Duration;

/**
 * How a life ends.
 *
 * @param point where, or null for a moment
 * @param visit at which visit of the point
 * @param working whether a moment is told from the first request of that life on, not from its
 *     start
 * @param after how long after that, for a moment
 */
record Kill(CrashPoint point, int visit, boolean working, Duration after) {
  static Kill at(CrashPoint point, int visit) {
    return new Kill(point, visit, false, null);
  }

  static Kill after(boolean working, long millis) {
    return new Kill(null, 0, working, Duration.ofMillis(millis));
  }

  @Override
  public String toString() {
    return point == null
        ? "%d ms after its %s".formatted(after.toMillis(), working ? "first request" : "start")
        : "%s, visit %d".formatted(point.name(), visit);
  }
}
