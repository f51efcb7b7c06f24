package io.facedrop.ledger.component;

import io.facedrop.ledger.Outcome;
import io.facedrop.ledger.Publication;
import org.apache.camel.Exchange;

/** Names of what the component leaves on an exchange. */
public final class LedgerConstants {
  /** Exchange property: the noted {@link Outcome}. */
  static final String OUTCOME = "CamelLedgerOutcome";

  /** Variable: the number of the manifest that is being read. */
  public static final String LOADING = "loading";

  /** Variable: how many of its rows are in the ledger. */
  public static final String POSITION = "position";

  /** Variable: the name of a published file. */
  public static final String FILE = "file";

  /** Variable: the SHA-256 of a manifest's or a published file's content. */
  public static final String SHA256 = "sha256";

  /** Variable: the accepted {@link io.facedrop.ledger.Batch}. */
  public static final String BATCH = "batch";

  /** Variable: which of the {@link Publication.Kind}s is to be published, as a word. */
  public static final String OUTPUT = "output";

  /** Variable: the id of an image's task, as it stands in a query; none where it has no task. */
  public static final String TASK = "task";

  private LedgerConstants() {}

  static Outcome outcome(Exchange exchange) {
    return exchange.getProperty(OUTCOME, Outcome.class);
  }
}
