package io.facedrop.publish.page;

import io.facedrop.config.Durations;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Charged;
import io.facedrop.publish.report.BatchReport;
import io.facedrop.publish.report.Quantiles;
import io.facedrop.publish.report.Slot;
import io.facedrop.publish.report.Timeline;
import io.facedrop.words.Count;
import io.facedrop.words.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Puts the figures of a report into the words of its page: tiles, times, requests and what they
 * cost.
 */
final class PageFigures {
  private static final String NONE = "–";

  private final BatchReport report;
  private final Batch batch;

  PageFigures(BatchReport report) {
    this.report = report;
    this.batch = report.batch();
  }

  List<Page.Tile> tiles() {
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
                + whileWorked()
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
            "Attempted again",
            Count.number(report.totals().retried()),
            batch.rows() == 0
                ? "rows"
                : Words.percent(report.totals().retried(), batch.rows())
                    + " of all rows; an answer that pauses the gate is no attempt"));
    if (report.totals().faces() > 0) {
      tiles.add(
          new Page.Tile(
              "Faces",
              Count.number(report.totals().faces()),
              "in " + Count.of(report.totals().withFaces(), "image")));
    }
    return tiles;
  }

  private String whileWorked() {
    return report.idle().isZero()
        ? ""
        : " while facedrop worked; nobody worked for " + Span.elapsed(report.idle()) + " of it";
  }

  Page.Timing timing() {
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

  Page.Cost cost() {
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
        theyCount(batch.adopted()),
        batch.adopted() > 0,
        Count.of(batch.shared(), "row"),
        batch.shared() == 1 ? "it shares" : "they share",
        theyCount(batch.shared()),
        batch.shared() > 0);
  }

  private static String theyCount(long rows) {
    return rows == 1 ? "It counts" : "They count";
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
}
