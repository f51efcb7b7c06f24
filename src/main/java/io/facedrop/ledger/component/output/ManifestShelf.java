package io.facedrop.ledger.component.output;

import io.facedrop.ledger.model.Batch;

/** Knows whether this process can reach the manifest of a batch, to move it to the archive. */
@FunctionalInterface
public interface ManifestShelf {
  boolean holds(Batch batch);
}
