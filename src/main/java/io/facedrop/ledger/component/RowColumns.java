package io.facedrop.ledger.component;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.LedgerReader;
import java.time.Duration;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cells of a row by the names of its manifest's columns. They are read from the ledger when
 * somebody first asks, so a route that does not ask costs nothing.
 */
final class RowColumns extends AbstractMap<String, Object> {
  private static final Logger LOG = LoggerFactory.getLogger(RowColumns.class);
  private static final Reminders<String> MISSING =
      Reminders.every(Duration.ofHours(1), System::nanoTime);

  private final LedgerReader ledger;
  private final long row;
  private Map<String, Object> cells;

  RowColumns(LedgerReader ledger, long row) {
    this.ledger = ledger;
    this.row = row;
  }

  private synchronized Map<String, Object> cells() {
    if (cells == null) {
      cells = ledger.cells(row);
    }
    return cells;
  }

  /** A column that is missing is null, as in every map; a misspelt one must not go unseen. */
  @Override
  public Object get(Object column) {
    Map<String, Object> known = cells();
    if (!known.containsKey(column) && MISSING.isDue(String.valueOf(column))) {
      LOG.warn(
          "a step asks for the column {}, which the {} does not have; it gets none. The columns there"
              + " are {}",
          column,
          ledger.name(row),
          String.join(", ", known.keySet()));
    }
    return known.get(column);
  }

  @Override
  public boolean containsKey(Object column) {
    return cells().containsKey(column);
  }

  @Override
  public Set<Entry<String, Object>> entrySet() {
    return cells().entrySet();
  }
}
