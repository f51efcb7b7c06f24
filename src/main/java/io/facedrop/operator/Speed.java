package io.facedrop.operator;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast rows have ended lately.
 *
 * @param rowsPerSecond over some time until now
 * @param lead how long rows were sent without a pause before that time; not positive if the time
 *     began with the work, or after a pause
 * @param openShare part of the time in which the gate was open; 1 where pauses do not count
 */
public record Speed(double rowsPerSecond, Duration lead, double openShare) {
  private static final double STANDSTILL = 0.001;

  /** How long something takes that takes so long with an open gate; empty for a closed one. */
  Optional<Duration> slowed(Duration planned) {
    return openShare < STANDSTILL
        ? Optional.empty()
        : Optional.of(seconds(planned.toMillis() / 1e3 / openShare));
  }

  /** How long so many rows take; empty where none ends. */
  Optional<Duration> left(long rows) {
    return rowsPerSecond < STANDSTILL
        ? Optional.empty()
        : Optional.of(seconds(rows / rowsPerSecond));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds((long) Math.ceil(seconds));
  }
}
