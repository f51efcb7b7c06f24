package io.facedrop.publish.report;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.read.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Reads what a batch's report says from the ledger. */
public final class CompletionReport {
  private CompletionReport() {}

  /**
   * Reads it once, so that every form of the report says the same.
   *
   * @param contactSheet the most faces to show; 0 for none
   * @param settings with which it is worked, by their keys; nothing secret among them
   */
  public static BatchReport of(
      LedgerReader ledger,
      Batch batch,
      Instant now,
      int contactSheet,
      Map<String, String> settings,
      PartLinks links) {
    Instant from = batch.acceptedAt();
    Totals totals = ledger.of(batch).totals();
    List<Part> parts = ledger.of(batch).parts();
    Instant end = Part.lastOf(parts, now);
    return BatchReport.of(
        batch,
        end,
        totals,
        ledger.of(batch).traffic(from, Timeline.slotLength(from, end)),
        parts,
        ledger.of(batch).events(from, end),
        ReasonSamples.of(ledger, batch, totals.deadLetters()),
        settings,
        parts.stream().map(part -> links.of(batch, part)).toList(),
        contactSheet == 0
            ? List.of()
            : ContactSheet.of(ledger.of(batch).firstFaces(contactSheet), contactSheet));
  }
}
