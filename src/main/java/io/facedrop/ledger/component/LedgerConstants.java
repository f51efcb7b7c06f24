package io.facedrop.ledger.component;

import io.facedrop.ledger.model.Outcome;
import io.facedrop.ledger.model.Publication;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;

/** Names of what the component leaves on an exchange. */
public final class LedgerConstants {
  /** Exchange property: the place of the noted {@link Outcome}, which copies of it share. */
  static final String OUTCOME = "CamelLedgerOutcome";

  /** Variable: the number of the manifest that is being read. */
  public static final String LOADING = "loading";

  /** Variable: the name of a published file. */
  public static final String FILE = "file";

  /** Variable: where a published file lies, without user and options. */
  public static final String PLACE = "place";

  /** Variable: the SHA-256 of a manifest's or a published file's content. */
  public static final String SHA256 = "sha256";

  /**
   * Variable: the {@link io.facedrop.ledger.model.Admission} by which it is decided whether the
   * manifest that was read is accepted; none for always.
   */
  public static final String ADMISSION = "admission";

  /** Variable: the accepted {@link io.facedrop.ledger.model.Batch}. */
  public static final String BATCH = "batch";

  /** Variable: which of the {@link Publication.Kind}s is to be published, as a word. */
  public static final String OUTPUT = "output";

  /** Variable: the kind of an event, as {@code batch complete}. */
  public static final String EVENT = "event";

  /** Variable: the id of a row's task, encoded for a URL; not set if the row has no task. */
  public static final String TASK = "task";

  /** Variable: the cells of a row, as a map by the names of its manifest's columns. */
  public static final String COLUMNS = "columns";

  private LedgerConstants() {}

  /** Makes a place for the outcome. */
  static AtomicReference<Outcome> prepare(Exchange exchange) {
    AtomicReference<Outcome> place = new AtomicReference<>();
    exchange.setProperty(OUTCOME, place);
    return place;
  }

  /** Notes an outcome in the place that is there for it; the last one stands. */
  @SuppressWarnings("unchecked")
  static void note(Exchange exchange, Outcome outcome) {
    AtomicReference<Outcome> place = exchange.getProperty(OUTCOME, AtomicReference.class);
    if (place == null) {
      throw new IllegalStateException(
          "ledger:"
              + outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', '-')
              + " notes what became of a row, but this exchange has none: it did not begin at"
              + " ledger:claim-pending or ledger:claim-submitted");
    }
    place.set(outcome);
  }
}
