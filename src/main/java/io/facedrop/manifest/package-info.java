/**
 * Reads manifests (CSV, plain text, JSON lines, each also gzipped) row by row in flat memory; start
 * at {@link io.facedrop.manifest.Manifest#open}.
 */
package io.facedrop.manifest;
