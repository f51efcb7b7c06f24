package io.facedrop.manifest;

/**
 * The shape that a manifest's rows share and its outputs keep.
 *
 * @param delimiter between the cells of an output row; a comma unless the manifest is CSV
 * @param header the manifest's own columns in their order as CSV text; empty for JSONL
 */
public record Layout(Format format, char delimiter, String header) {}
