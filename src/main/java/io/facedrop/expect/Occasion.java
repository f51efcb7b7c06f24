package io.facedrop.expect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One deadline, and which manifests count for it: those that have come since the deadline before.
 * Where that one was missed, the first that comes nearer to it than to this one is the missing one,
 * and does not count here.
 *
 * @param before the deadline before; the epoch for none
 * @param missed whether nothing had come by then
 */
public record Occasion(Instant before, Instant deadline, boolean missed) {
  /** What of the manifests that came, in the order of time, counts for this deadline. */
  public Optional<Instant> arrival(List<Instant> arrivals) {
    Optional<Instant> late = belated(arrivals);
    return arrivals.stream()
        .filter(arrival -> arrival.isAfter(before))
        .skip(late.isPresent() ? 1 : 0)
        .findFirst();
  }

  /** The manifest that missed the deadline before, if it has come since. */
  public Optional<Instant> belated(List<Instant> arrivals) {
    return missed
        ? arrivals.stream()
            .filter(arrival -> arrival.isAfter(before))
            .findFirst()
            .filter(arrival -> !arrival.isAfter(middle()))
        : Optional.empty();
  }

  /** Up to here a manifest belongs to the deadline before. */
  public Instant middle() {
    return before.plus(Duration.between(before, deadline).dividedBy(2));
  }
}
