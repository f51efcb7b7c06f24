/** Manifests in CSV, and the cells that a spreadsheet would run. */
package io.facedrop.manifest.csv;
