package io.facedrop.command;

import io.facedrop.config.Settings;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.view.Idle;
import io.facedrop.ledger.view.Tally;
import io.facedrop.operator.Places;
import io.facedrop.words.Count;
import io.facedrop.words.Span;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table at the end: what became of each batch and where it is, and what became none. */
final class Summary {
  private final Settings settings;
  private final LedgerReader ledger;
  private final PrintStream out;

  Summary(Settings settings, LedgerReader ledger, PrintStream out) {
    this.settings = settings;
    this.ledger = ledger;
    this.out = out;
  }

  void print(Batch batch) {
    out.println();
    line("batch", batch.id());
    line("manifest", batch.folder() + batch.manifest());
    line("rows", Count.number(batch.rows()) + " = " + sum(batch));
    if (batch.dead() > 0) {
      line("dead letters", reasons(batch));
    }
    if (batch.held()) {
      line("held", batch.hold().found());
    }
    List<Part> parts = ledger.of(batch).parts();
    line("requests", Count.number(batch.requests()) + " in " + elapsed(batch, parts));
    parts.stream()
        .filter(part -> part.file() != null)
        .forEach(part -> line(part.output().word(), place(part) + "/" + part.file()));
    if (batch.complete()) {
      String uri = settings.outputs().report();
      line("report", place(uri, Settings.Outputs.nameAt(uri, batch.fileStem() + ".report.html")));
    }
  }

  /** Which manifests became no batch, and why. */
  void print(RejectedFiles rejected) {
    if (!rejected.isEmpty()) {
      out.println();
      rejected.lines().forEach(words -> line("rejected", words));
    }
  }

  private String sum(Batch batch) {
    long awaiting = batch.open() == 0 ? 0 : ledger.of(batch).openTasks();
    return batch.parts()
        + (awaiting == 0 ? "" : " (" + Count.number(awaiting) + " submitted and awaiting faces)");
  }

  private String reasons(Batch batch) {
    return ledger.of(batch).deadLetters().stream()
        .collect(
            Collectors.groupingBy(
                Tally::reason, java.util.LinkedHashMap::new, Collectors.summingLong(Tally::rows)))
        .entrySet()
        .stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .map(entry -> entry.getKey() + " " + Count.number(entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** The same time as in the report; of a batch that is not complete, until its last sign. */
  private String elapsed(Batch batch, List<Part> parts) {
    Instant from = batch.acceptedAt();
    Instant end =
        batch.complete() ? Part.lastOf(parts, batch.completedAt()) : ledger.of(batch).lastSign();
    Duration idle = Idle.sum(Idle.of(ledger.of(batch).events(from, end), from, end));
    return Span.elapsed(Duration.between(from, end))
        + (idle.isZero() ? "" : ", of which nobody worked for " + Span.elapsed(idle));
  }

  /** Where a part was written, whatever the settings are now. */
  private String place(Part part) {
    Settings.Outputs outputs = settings.outputs();
    String uri = part.output() == Output.SUCCESS ? outputs.success() : outputs.deadLetter();
    return part.placeOr(Settings.Outputs.place(uri));
  }

  /** The file behind an output's URI, without its options. */
  private static String place(String uri, String file) {
    return Places.directory(uri) + "/" + file;
  }

  private void line(String name, String value) {
    out.printf(Locale.ROOT, "  %-12s  %s%n", name, value);
  }
}
