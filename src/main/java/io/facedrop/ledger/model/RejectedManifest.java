package io.facedrop.ledger.model;

/**
 * A rejected manifest.
 *
 * @param source its place, which identifies it if it is rejected again after a crash
 * @param path below the inbox
 * @param code reason, such as {@code RAGGED_ROW}
 * @param message the reason in words
 * @param line on which it is, 0 for none
 * @param keptAs where it is kept, directory and name, whatever the settings say since
 */
public record RejectedManifest(
    String source, String path, String code, String message, long line, String keptAs) {}
