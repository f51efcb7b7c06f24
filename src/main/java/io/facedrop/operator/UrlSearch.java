package io.facedrop.operator;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Looks for rows by their URL, in the newest batches first. There is no index of URLs, for it would
 * take as much room as the rows; so a search ends after a while, and says how far it has come.
 */
public final class UrlSearch {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int MOST_BATCHES = 10_000;
  private static final int MOST_ROWS = 50;

  private final LedgerReader ledger;
  private final LongSupplier nanos;

  /** A row. */
  public record Place(Batch batch, long line) {}

  /**
   * What was found.
   *
   * @param looked how many batches were looked through
   * @param all whether that was all of them
   */
  public record Found(List<Place> places, int looked, boolean all) {}

  /**
   * @param nanos monotonic, as {@link System#nanoTime()}
   */
  public UrlSearch(LedgerReader ledger, LongSupplier nanos) {
    this.ledger = ledger;
    this.nanos = nanos;
  }

  public Found of(String url) {
    long end = nanos.getAsLong() + PATIENCE.toNanos();
    List<Place> places = new ArrayList<>();
    List<Batch> batches = ledger.newestBatches(MOST_BATCHES);
    int looked = 0;
    for (Batch batch : batches) {
      if (places.size() >= MOST_ROWS || nanos.getAsLong() - end >= 0) {
        return new Found(places, looked, false);
      }
      ledger
          .of(batch)
          .linesOf(url, MOST_ROWS - places.size())
          .forEach(line -> places.add(new Place(batch, line)));
      looked++;
    }
    return new Found(places, looked, batches.size() < MOST_BATCHES);
  }
}
