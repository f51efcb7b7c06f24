package io.facedrop.publish.report;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import java.time.Instant;
import java.util.List;

/** Reads what a batch's report says from the ledger. */
public final class CompletionReport {
  private CompletionReport() {}

  /**
   * Reads it once, so that every form of the report says the same.
   *
   * @param contactSheet the most faces to show; 0 for none
   */
  public static BatchReport of(LedgerReader ledger, Batch batch, Instant now, int contactSheet) {
    Instant from = batch.acceptedAt();
    return BatchReport.of(
        batch,
        now,
        ledger.of(batch).totals(),
        ledger.of(batch).traffic(from, Timeline.slotLength(from, now)),
        ledger.of(batch).parts(),
        ledger.of(batch).events(from, now),
        contactSheet == 0
            ? List.of()
            : ContactSheet.of(ledger.of(batch).firstFaces(contactSheet), contactSheet));
  }
}
