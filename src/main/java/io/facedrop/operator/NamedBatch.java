package io.facedrop.operator;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody means who names a batch by its id, the beginning of it, or the beginning of its
 * eight digits at the end.
 *
 * @param name as it was typed
 * @param found the batches that it may mean, the newest first; not all of very many
 */
public record NamedBatch(String name, List<Batch> found) {
  private static final int MOST_FOUND = 10;

  public static NamedBatch of(LedgerReader ledger, String name) {
    return new NamedBatch(
        name,
        ledger
            .batch(name)
            .map(List::of)
            .orElseGet(
                () -> name.isEmpty() ? List.of() : ledger.batchesBeginning(name, MOST_FOUND)));
  }

  /** The one that is meant; empty where it is none, or may be more than one. */
  public Optional<Batch> only() {
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** Why {@link #only()} is empty, in words. */
  public String trouble() {
    return found.isEmpty()
        ? "no batch " + name + " is in this ledger"
        : "more than one batch begins or ends with "
            + name
            + ", so say more of its id; the newest are "
            + found.stream()
                .map(batch -> batch.id() + " (" + batch.folder() + batch.manifest() + ")")
                .collect(Collectors.joining(", "));
  }
}
