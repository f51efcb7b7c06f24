package io.facedrop.ledger.model;

import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import java.nio.file.Path;

/**
 * A manifest that is about to be read into the ledger.
 *
 * @param folder below the inbox, with {@code /} between and at the end; empty for none
 * @param archive whether facedrop may move the file to the archive at the end
 * @param share whether rows that repeat a URL share the outcome of the first
 */
public record NewBatch(
    ManifestName name,
    String folder,
    Path source,
    boolean archive,
    Layout layout,
    String sha256,
    boolean share) {

  /** One whose every row is sent. */
  public NewBatch(
      ManifestName name,
      String folder,
      Path source,
      boolean archive,
      Layout layout,
      String sha256) {
    this(name, folder, source, archive, layout, sha256, false);
  }
}
