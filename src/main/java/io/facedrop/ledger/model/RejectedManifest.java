package io.facedrop.ledger.model;

/**
 * A manifest that was set aside.
 *
 * @param source by which it is known when it is set aside once more after a crash
 * @param path below the inbox
 * @param code why, as {@code RAGGED_ROW}
 * @param message the same in words
 * @param keptAs its name among the rejected
 */
public record RejectedManifest(
    String source, String path, String code, String message, String keptAs) {}
