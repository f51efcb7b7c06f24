package io.facedrop.ledger.view;

import io.facedrop.ledger.model.Output;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Sums of the open batches of a ledger, for all nodes.
 *
 * @param batches number of open batches
 * @param held number of these that are held
 * @param rows number of their rows that have not ended
 * @param requests number of requests sent for them
 * @param unpublished by output, since when the oldest unpublished row waits
 * @param nodes number of live nodes
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
