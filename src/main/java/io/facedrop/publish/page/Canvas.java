package io.facedrop.publish.page;

import io.facedrop.publish.page.Drawing.Hint;
import io.facedrop.publish.page.Drawing.Line;
import io.facedrop.publish.page.Drawing.Mark;
import io.facedrop.publish.page.Drawing.Shade;
import io.facedrop.publish.page.Drawing.Shape;
import io.facedrop.publish.report.Closure;
import io.facedrop.publish.report.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Turns times and values into the coordinates of a plot of one size. */
final class Canvas {
  /** Room that a plot is drawn for; the page shows the one that fits. */
  enum Size {
    NARROW(330, 190, 3),
    MIDDLE(600, 200, 6),
    WIDE(930, 220, 9);

    private final int width;
    private final int height;
    private final int marks;

    Size(int width, int height, int marks) {
      this.width = width;
      this.height = height;
      this.marks = marks;
    }
  }

  private static final int LEFT = 52;
  private static final int RIGHT = 28;
  private static final int TOP = 14;
  private static final int FOOT = 26;
  private static final double THINNEST_SHADE = 2;

  private final Size size;
  private final Timeline timeline;
  private final Scale scale;

  Canvas(Size size, Timeline timeline, Scale scale) {
    this.size = size;
    this.timeline = timeline;
    this.scale = scale;
  }

  double x(Instant time) {
    double share =
        (double) Duration.between(timeline.from(), time).toMillis() / timeline.length().toMillis();
    return LEFT + share * (size.width - LEFT - RIGHT);
  }

  double y(double value) {
    return size.height - FOOT - scale.share(value) * (size.height - FOOT - TOP);
  }

  double slotWidth() {
    return (double) (size.width - LEFT - RIGHT) / timeline.slots().size();
  }

  double middleOf(int slot) {
    return LEFT + (slot + 0.5) * slotWidth();
  }

  /**
   * All together.
   *
   * @param title of a slot; null where there is nothing to tell
   */
  Drawing drawing(DoubleFunction<String> label, List<Shape> shapes, IntFunction<String> title) {
    return new Drawing(
        size.name().toLowerCase(Locale.ROOT),
        size.width,
        size.height,
        point(LEFT),
        point(size.width - RIGHT),
        point(TOP),
        point(size.height - FOOT),
        point(size.height - FOOT - TOP),
        scale.ticks().stream().map(tick -> new Line(point(y(tick)), label.apply(tick))).toList(),
        marks(),
        timeline.closures().stream().map(this::shade).toList(),
        shapes,
        hints(title));
  }

  private List<Mark> marks() {
    return TimeTicks.of(timeline.from(), timeline.length(), size.marks).stream()
        .map(tick -> new Mark(point(x(tick.at())), tick.label()))
        .toList();
  }

  private Shade shade(Closure closure) {
    double from = x(closure.from());
    return new Shade(
        closure.kind().word(),
        point(from),
        point(Math.max(THINNEST_SHADE, x(closure.to()) - from)),
        Words.clock(closure.from()) + "–" + Words.clock(closure.to()) + " " + closure.detail());
  }

  private List<Hint> hints(IntFunction<String> title) {
    return IntStream.range(0, timeline.slots().size())
        .filter(slot -> title.apply(slot) != null)
        .mapToObj(
            slot ->
                new Hint(point(LEFT + slot * slotWidth()), point(slotWidth()), title.apply(slot)))
        .toList();
  }

  /** A tenth of a pixel is finer than anybody sees. */
  static String point(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0
        ? Long.toString(tenths / 10)
        : String.format(Locale.ROOT, "%.1f", tenths / 10.0);
  }
}
