package io.facedrop.operator;

import io.facedrop.ledger.model.Batch;
import java.time.Instant;

/**
 * How far a batch is.
 *
 * @param state {@code open}, {@code held}, {@code ending} (cancelled, and not complete yet), {@code
 *     elsewhere}, {@code complete} or {@code cancelled}
 * @param awaiting tasks whose result is awaited
 * @param credits that were charged for certain
 * @param rate rows a second that ended lately
 * @param eta when it is likely to be complete; null where nobody can tell
 */
public record BatchProgress(
    Batch batch, String state, long awaiting, long credits, double rate, Instant eta) {

  /** The same while nobody works. */
  BatchProgress still() {
    return new BatchProgress(batch, state, awaiting, credits, 0, null);
  }
}
