package io.facedrop.publish.page;

import io.facedrop.ledger.view.Event;
import io.facedrop.publish.page.Drawing.Shape;
import io.facedrop.publish.page.Plot.Key;
import io.facedrop.publish.report.BatchReport;
import io.facedrop.publish.report.Quantiles;
import io.facedrop.publish.report.Slot;
import io.facedrop.publish.report.Timeline;
import io.facedrop.words.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** Draws the time line of a batch: its requests, its rows, and how long things took. */
final class Plots {
  private final BatchReport report;
  private final Timeline timeline;
  private final List<Slot> slots;
  private final Hints hints;

  Plots(BatchReport report) {
    this.report = report;
    timeline = report.timeline();
    slots = timeline.slots();
    hints = new Hints(timeline);
  }

  /** Those that have something to show. */
  List<Plot> all() {
    List<Plot> plots = new ArrayList<>();
    if (any(slot -> slot.requests() > 0)) {
      plots.add(requests());
    }
    if (any(slot -> slot.settled() > 0)) {
      plots.add(rows());
    }
    if (any(slot -> slot.post() != null || slot.get() != null)) {
      plots.add(latencies());
    }
    if (any(slot -> slot.faces() != null)) {
      plots.add(faces());
    }
    return plots;
  }

  private Plot requests() {
    double seconds = timeline.slotLength().toSeconds();
    double most = slots.stream().mapToLong(Slot::requests).max().orElse(0) / seconds;
    ToLongFunction<Slot> posts = slot -> slot.posts() - slot.postsAgain();
    ToLongFunction<Slot> first = slot -> slot.requests() - slot.again();
    return new Plot(
        "Requests",
        "per second",
        "Requests per second over time, at most " + Words.decimal(most),
        legend(
            key(any(slot -> slot.posts() > 0), "post", "POST, creates a task"),
            key(any(slot -> slot.gets() > 0), "get", "GET, asks for its result"),
            key(any(slot -> slot.again() > 0), "again", "row to be tried again")),
        drawings(
            Scale.linear(most),
            Words::brief,
            strokes ->
                List.of(
                    strokes.bars("post", slot -> 0, slot -> posts.applyAsLong(slot) / seconds),
                    strokes.bars(
                        "get",
                        slot -> posts.applyAsLong(slot) / seconds,
                        slot -> first.applyAsLong(slot) / seconds),
                    strokes.bars(
                        "again",
                        slot -> first.applyAsLong(slot) / seconds,
                        slot -> slot.requests() / seconds)),
            hints::requests));
  }

  private Plot rows() {
    long rows = report.batch().rows();
    double[] none = new double[slots.size() + 1];
    double[] succeeded = new double[slots.size() + 1];
    double[] settled = new double[slots.size() + 1];
    settled[0] = report.batch().invalid();
    for (int i = 0; i < slots.size(); i++) {
      succeeded[i + 1] = succeeded[i] + slots.get(i).succeeded();
      settled[i + 1] = settled[i] + slots.get(i).settled();
    }
    return new Plot(
        "Rows settled",
        "of " + Count.number(rows) + without(rows - (long) settled[slots.size()]),
        "Rows settled so far over time, of " + Count.number(rows),
        legend(
            key(any(slot -> slot.succeeded() > 0), "succeeded", "succeeded"),
            key(settled[slots.size()] > succeeded[slots.size()], "dead", "dead letters")),
        drawings(
            Scale.counts((long) settled[slots.size()]),
            Words::brief,
            strokes ->
                List.of(
                    strokes.area("succeeded", none, succeeded),
                    strokes.area("dead", succeeded, settled)),
            slot -> hints.rows(slot, (long) settled[slot + 1])));
  }

  /** A row that was cancelled, or found in doubt after a crash, was settled by no request. */
  private static String without(long rows) {
    return rows > 0 ? ", less " + Count.number(rows) + " settled by no request" : "";
  }

  private Plot latencies() {
    List<Quantiles> known =
        Stream.concat(slots.stream().map(Slot::post), slots.stream().map(Slot::get)).toList();
    return new Plot(
        "Latency",
        "of requests, logarithmic",
        "Latency of requests over time",
        legend(
            key(any(slot -> slot.post() != null), "post-p50", "POST, median"),
            key(any(slot -> slot.post() != null), "post-p95", "95 of 100 within"),
            key(any(slot -> slot.get() != null), "get-p50", "GET, median")),
        drawings(
            scale(known),
            Words::millis,
            strokes ->
                List.of(
                    strokes.band("post-band", Slot::post),
                    strokes.line("post-p95", Slot::post, Quantiles::p95),
                    strokes.line("get-p50", Slot::get, Quantiles::p50),
                    strokes.line("post-p50", Slot::post, Quantiles::p50)),
            hints::latencies));
  }

  private Plot faces() {
    return new Plot(
        "Time to the faces",
        "from submission, logarithmic",
        "Time from submission to the faces over time",
        legend(key(true, "faces-p50", "median"), key(true, "faces-p95", "95 of 100 within")),
        drawings(
            scale(slots.stream().map(Slot::faces).toList()),
            Words::millis,
            strokes ->
                List.of(
                    strokes.band("faces-band", Slot::faces),
                    strokes.line("faces-p95", Slot::faces, Quantiles::p95),
                    strokes.line("faces-p50", Slot::faces, Quantiles::p50)),
            hints::faces));
  }

  private static Scale scale(List<Quantiles> quantiles) {
    List<Quantiles> known = quantiles.stream().filter(one -> one != null).toList();
    long lowest = known.stream().mapToLong(Quantiles::p50).min().orElse(1);
    long highest = known.stream().mapToLong(Quantiles::p95).max().orElse(1);
    return Scale.logarithmic(Math.max(1, lowest), Math.max(1, highest));
  }

  private List<Drawing> drawings(
      Scale scale,
      DoubleFunction<String> label,
      Function<Strokes, List<Shape>> shapes,
      IntFunction<String> hint) {
    return Stream.of(Canvas.Size.values())
        .map(size -> new Canvas(size, timeline, scale))
        .map(canvas -> canvas.drawing(label, shapes.apply(new Strokes(canvas, slots)), hint))
        .toList();
  }

  private List<Key> legend(Key... keys) {
    return Stream.concat(
            Stream.of(keys),
            Stream.of(
                key(closed(Event.Kind.PAUSE), "pause", "pause"),
                key(closed(Event.Kind.HALT), "halt", "halt"),
                key(closed(Event.Kind.STOP), "stop", "stopped")))
        .filter(key -> key != null)
        .toList();
  }

  private static Key key(boolean present, String kind, String label) {
    return present ? new Key(kind, label) : null;
  }

  private boolean any(Predicate<Slot> what) {
    return slots.stream().anyMatch(what);
  }

  private boolean closed(Event.Kind kind) {
    return timeline.closures().stream().anyMatch(closure -> closure.kind() == kind);
  }
}
