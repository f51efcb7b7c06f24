/**
 * What every reader of a manifest speaks: rows, layouts, limits, names. The rooms below read them
 * (CSV, plain text, JSON lines, each also gzipped) row by row in flat memory; start at {@link
 * io.facedrop.manifest.format.Manifest#open}.
 */
package io.facedrop.manifest;
