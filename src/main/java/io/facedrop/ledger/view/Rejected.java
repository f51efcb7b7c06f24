package io.facedrop.ledger.view;

import java.time.Instant;
import java.util.List;

/**
 * Manifests that were rejected, and not accepted since.
 *
 * @param manifests the newest first
 * @param more how many there are besides these
 */
public record Rejected(List<Manifest> manifests, long more) {
  /**
   * A rejected manifest.
   *
   * @param path its name below the inbox
   * @param code reason, such as {@code RAGGED_ROW}
   * @param message the reason in words
   * @param line on which it is, 0 for none
   * @param keptAs where it is kept, directory and name, whatever the settings say since
   */
  public record Manifest(
      String path, String code, String message, long line, Instant at, String keptAs) {}
}
