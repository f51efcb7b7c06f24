package io.facedrop.ledger.model;

import io.facedrop.manifest.Row;
import io.facedrop.manifest.url.UrlRule;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of a manifest that go into the ledger together.
 *
 * @param position of the first, from 0
 * @param faults of their URLs, in the same order; null for none
 */
public record RowGroup(long position, List<Row> rows, List<String> faults) {

  /** Rows whose URLs may name any host. */
  public RowGroup(long position, List<Row> rows) {
    this(position, rows, UrlRule.ANY_HOST);
  }

  public RowGroup(long position, List<Row> rows, UrlRule rule) {
    this(position, rows, faults(rows, rule));
  }

  private static List<String> faults(List<Row> rows, UrlRule rule) {
    List<String> faults = new ArrayList<>(rows.size());
    rows.forEach(row -> faults.add(rule.fault(row.imageUrl()).orElse(null)));
    return faults;
  }
}
