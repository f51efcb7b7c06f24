package io.facedrop.publish.page;

import io.facedrop.config.Durations;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Charged;
import io.facedrop.ledger.model.Output;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.view.Event;
import io.facedrop.ledger.view.Tally;
import io.facedrop.publish.report.BatchReport;
import io.facedrop.publish.report.Quantiles;
import io.facedrop.publish.report.ReasonSamples;
import io.facedrop.publish.report.Slot;
import io.facedrop.publish.report.Timeline;
import io.facedrop.words.Count;
import io.facedrop.words.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        tiles(),
        outcomes.shares(),
        outcomes.reasons(),
        batch.rows() > 0,
        samples(),
        timing(),
        cost(),
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

  private List<Page.Tile> tiles() {
    List<Page.Tile> tiles = new ArrayList<>();
    tiles.add(
        new Page.Tile(
            "Succeeded",
            batch.rows() == 0 ? NONE : Words.percent(batch.succeeded(), batch.rows()),
            Count.number(batch.succeeded()) + " of " + Count.of(batch.rows(), "row")));
    tiles.add(
        new Page.Tile(
            "Took",
            Span.elapsed(report.elapsed()),
            Words.decimal(report.rowsPerSecond())
                + " rows per second"
                + (report.cancelled() == 0 ? "" : ", without those that were cancelled")));
    tiles.add(
        new Page.Tile(
            "Requests",
            Count.number(batch.requests()),
            batch.rows() == 0
                ? "for no rows"
                : Words.decimal(report.requestsPerRow())
                    + (report.cancelled() == 0 ? " per row" : " per row that had its turn")));
    if (report.took().post() != null) {
      tiles.add(
          new Page.Tile(
              "Median latency",
              Words.millis(report.took().post().p50()),
              "of a POST; 95 of 100 within " + Words.millis(report.took().post().p95())));
    }
    tiles.add(
        new Page.Tile(
            "Tried again",
            Count.number(report.totals().retried()),
            batch.rows() == 0
                ? "rows"
                : Words.percent(report.totals().retried(), batch.rows()) + " of all rows"));
    if (report.totals().faces() > 0) {
      tiles.add(
          new Page.Tile(
              "Faces",
              Count.number(report.totals().faces()),
              "in " + Count.of(report.totals().withFaces(), "image")));
    }
    return tiles;
  }

  private Page.Timing timing() {
    Timeline timeline = report.timeline();
    List<Plot> plots = new Plots(report).all();
    return new Page.Timing(
        !plots.isEmpty(),
        Words.time(batch.acceptedAt()) + " – " + Words.time(report.completedAt()),
        Durations.text(timeline.slotLength()),
        plots,
        tooks(),
        IntStream.range(0, timeline.slots().size())
            .filter(slot -> timeline.slots().get(slot).requests() > 0)
            .mapToObj(this::line)
            .toList());
  }

  private List<Page.Took> tooks() {
    return Stream.of(
            took("POST", report.took().post()),
            took("GET", report.took().get()),
            took("Submission to faces", report.took().faces()))
        .filter(took -> took != null)
        .toList();
  }

  private static Page.Took took(String kind, Quantiles took) {
    return took == null
        ? null
        : new Page.Took(
            kind, Count.number(took.count()), Words.millis(took.p50()), Words.millis(took.p95()));
  }

  private Page.Line line(int index) {
    Slot slot = report.timeline().slots().get(index);
    return new Page.Line(
        Words.time(report.timeline().startOf(index)),
        Count.number(slot.posts()),
        Count.number(slot.gets()),
        Count.number(slot.again()),
        Count.number(slot.succeeded()),
        Count.number(slot.dead()),
        median(slot.post()),
        median(slot.get()),
        median(slot.faces()));
  }

  private static String median(Quantiles took) {
    return took == null ? NONE : Words.millis(took.p50());
  }

  private Page.Cost cost() {
    long twice = report.totals().possibleDuplicates();
    return new Page.Cost(
        Count.number(batch.rows()),
        Count.number(report.requests().all()),
        Count.number(report.requests().posts()),
        Count.number(report.requests().gets()),
        Count.number(report.requests().unrecorded()),
        report.requests().unrecorded() != 0,
        batch.rows() == 0 ? NONE : Words.decimal(report.requestsPerRow()),
        Count.number(report.totals().attempts()),
        Count.number(report.totals().retried()),
        Stream.of(Charged.values()).map(this::charged).toList(),
        Count.of(twice, "row"),
        twice > 0,
        Count.of(report.inDoubt(), "row"),
        report.inDoubt() > 0,
        Count.of(batch.adopted(), "row"),
        batch.adopted() > 0,
        Count.of(batch.shared(), "row"),
        batch.shared() > 0);
  }

  private Page.Share charged(Charged charged) {
    long rows = report.totals().charged().getOrDefault(charged, 0L);
    String label =
        switch (charged) {
          case YES -> "charged";
          case NO -> "not charged";
          case UNKNOWN -> "unknown";
        };
    return new Page.Share(
        "charged-" + charged.word(),
        label + ": " + Count.number(rows),
        rows,
        Words.percent(rows, batch.rows()));
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
        Count.of(report.events().size(), "event"),
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
