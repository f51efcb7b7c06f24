package io.facedrop.ledger;

import io.facedrop.manifest.Layout;
import io.facedrop.manifest.ManifestName;
import java.nio.file.Path;

/**
 * A manifest that is about to be read into the ledger.
 *
 * @param folder below the inbox, with {@code /} between and at the end; empty for none
 * @param archive whether the file is ours to move to the archive in the end
 */
public record NewBatch(
    ManifestName name, String folder, Path source, boolean archive, Layout layout, String sha256) {}
