package io.facedrop.ledger.model;

import io.facedrop.manifest.ManifestRejectedException;
import java.util.List;

/** Decides whether a manifest is accepted, at the very moment at which it would be. */
@FunctionalInterface
public interface Admission {
  /** Accepts whatever was read in. */
  Admission FREE = accepted -> {};

  /**
   * Refuses what was dropped before.
   *
   * @param accepted the batches of this content, the newest first; no other comes in between
   * @throws ManifestRejectedException when it is refused
   */
  void verify(List<Batch> accepted) throws ManifestRejectedException;
}
