package io.facedrop.ledger.component;

import io.facedrop.ledger.model.Batch;

/** Tells whether the manifest of a batch lies where this process can take it to the archive. */
@FunctionalInterface
public interface ManifestShelf {
  boolean holds(Batch batch);
}
