package io.facedrop.ledger.model;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sums of what is open in a ledger, whoever works on it.
 *
 * @param batches that are open
 * @param held of them
 * @param rows of them that have not ended
 * @param requests that were sent for them
 * @param unpublished since when the oldest row waits that has ended and is not published, by output
 * @param nodes that are alive
 */
public record Figures(
    long batches,
    long held,
    long rows,
    long requests,
    Map<Output, Instant> unpublished,
    long nodes) {
  public Figures {
    Map<Output, Instant> copy = new EnumMap<>(Output.class);
    copy.putAll(unpublished);
    unpublished = copy;
  }

  /** Since when the oldest row of an output waits to be published; empty when none does. */
  public Optional<Instant> unpublishedSince(Output output) {
    return Optional.ofNullable(unpublished.get(output));
  }
}
