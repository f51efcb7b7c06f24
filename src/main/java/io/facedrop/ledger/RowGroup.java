package io.facedrop.ledger;

import io.facedrop.manifest.Row;
import java.util.List;

/**
 * Rows of a manifest that go into the ledger together.
 *
 * @param position of the first, from 0
 */
public record RowGroup(long position, List<Row> rows) {}
