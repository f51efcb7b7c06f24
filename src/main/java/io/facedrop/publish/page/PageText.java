package io.facedrop.publish.page;

import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Tally;
import io.facedrop.publish.report.BatchReport;
import io.facedrop.publish.report.ReasonSamples;
import io.facedrop.words.Count;
import io.facedrop.words.Span;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Puts a report into the words of its page. */
final class PageText {
  private static final String NONE = "–";
  private static final int LONG_NAME = 70;

  private final BatchReport report;
  private final Batch batch;

  PageText(BatchReport report) {
    this.report = report;
    this.batch = report.batch();
  }

  Page page() {
    Outcomes outcomes = new Outcomes(report);
    PageFigures figures = new PageFigures(report);
    boolean cancelled = isCancelled();
    return new Page(
        batch.id(),
        new Page.Manifest(
            batch.folder(),
            batch.manifest(),
            report.manifest().length() > LONG_NAME ? "long" : "short"),
        state(),
        stateKind(),
        Words.time(batch.acceptedAt()),
        Words.time(report.completedAt()),
        cancelled ? Words.time(batch.cancelledAt()) : "",
        Span.elapsed(report.elapsed()),
        batch.sha256(),
        batch.api().address(),
        batch.api().sandbox(),
        sum(),
        figures.tiles(),
        outcomes.shares(),
        outcomes.reasons(),
        batch.rows() > 0,
        samples(),
        figures.timing(),
        figures.cost(),
        parts(),
        happened(),
        report.settings().entrySet().stream()
            .map(one -> new Page.Setting(one.getKey(), one.getValue()))
            .toList(),
        sheet());
  }

  private boolean isCancelled() {
    return batch.cancelledAt() != null;
  }

  private boolean isFailed() {
    return batch.rows() > 0 && batch.succeeded() == 0;
  }

  private String state() {
    return isCancelled() ? "cancelled" : isFailed() ? "complete, no row succeeded" : "complete";
  }

  private String stateKind() {
    return isCancelled()
        ? "cancelled"
        : isFailed() ? "failed" : batch.dead() > 0 ? "mixed" : "complete";
  }

  private Page.Sum sum() {
    return new Page.Sum(
        Count.number(batch.rows()),
        batch.rows() == 1 ? "row" : "rows",
        Count.number(batch.succeeded()),
        Count.number(batch.dead()),
        batch.dead() == 1 ? "dead letter" : "dead letters");
  }

  private Page.Parts parts() {
    return new Page.Parts(
        !report.parts().isEmpty(),
        IntStream.range(0, report.parts().size()).mapToObj(this::part).toList(),
        batch.succeeded() > 0,
        batch.dead() > 0);
  }

  private List<Page.Samples> samples() {
    return report.samples().stream()
        .filter(samples -> !samples.first().isEmpty())
        .map(
            samples ->
                new Page.Samples(
                    samples.reason(),
                    howMany(samples),
                    samples.first().stream()
                        .map(
                            dead ->
                                new Page.Sample(
                                    Count.number(dead.line()), dead.imageUrl(), dead.message()))
                        .toList()))
        .toList();
  }

  private String howMany(ReasonSamples samples) {
    long all =
        report.totals().deadLetters().stream()
            .filter(tally -> tally.reason().equals(samples.reason()))
            .mapToLong(Tally::rows)
            .sum();
    return samples.first().size() < all
        ? "the first " + samples.first().size() + " of " + Count.of(all, "dead letter")
        : Count.of(all, "dead letter");
  }

  private Page.Part part(int index) {
    Part part = report.parts().get(index);
    boolean success = part.output() == Output.SUCCESS;
    return new Page.Part(
        success ? "succeeded" : "dead",
        success ? "success" : "dead letter",
        part.file(),
        report.links().get(index),
        Count.number(part.rows()),
        part.sha256(),
        Words.time(part.publishedAt()));
  }

  private Page.Happened happened() {
    return new Page.Happened(
        !report.events().isEmpty(),
        Happenings.words(report.events()),
        report.events().stream().map(this::occurrence).toList());
  }

  private Page.Occurrence occurrence(Event event) {
    String lasted =
        report.timeline().closures().stream()
            .filter(closure -> closure.kind() == event.kind() && closure.from().equals(event.at()))
            .map(closure -> Span.elapsed(Duration.between(closure.from(), closure.to())))
            .findFirst()
            .orElse(NONE);
    return new Page.Occurrence(Words.time(event.at()), event.kind().word(), lasted, event.detail());
  }

  private Page.Sheet sheet() {
    return new Page.Sheet(
        !report.contactSheet().isEmpty(),
        Count.of(report.contactSheet().size(), "face"),
        report.contactSheet().stream()
            .map(
                face ->
                    new Page.Photo(
                        face.link(),
                        "line " + face.line() + ", face " + face.id(),
                        !face.imageUrl().isEmpty(),
                        face.imageUrl()))
            .toList());
  }
}
