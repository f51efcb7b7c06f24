package io.facedrop.publish.page;

import static io.facedrop.publish.page.Canvas.point;

import io.facedrop.publish.page.Drawing.Shape;
import io.facedrop.publish.report.Quantiles;
import io.facedrop.publish.report.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Draws the slots of a time line on a canvas. */
final class Strokes {
  private static final double WIDEST_BAR = 90;
  private static final double WIDEST_DASH = 18;
  private static final double NARROW = 4;
  private static final double GAP = 0.22;

  private final Canvas canvas;
  private final List<Slot> slots;

  Strokes(Canvas canvas, List<Slot> slots) {
    this.canvas = canvas;
    this.slots = slots;
  }

  /** A bar for each slot, from one value to another. */
  Shape bars(String kind, ToDoubleFunction<Slot> from, ToDoubleFunction<Slot> to) {
    double slot = canvas.slotWidth();
    double width = Math.min(WIDEST_BAR, slot < NARROW ? slot : slot * (1 - GAP));
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < slots.size(); i++) {
      double foot = from.applyAsDouble(slots.get(i));
      double top = to.applyAsDouble(slots.get(i));
      if (top > foot) {
        path.append('M').append(point(canvas.middleOf(i) - width / 2)).append(' ');
        path.append(point(canvas.y(foot))).append('V').append(point(canvas.y(top)));
        path.append('h').append(point(width)).append('V').append(point(canvas.y(foot)));
        path.append('z');
      }
    }
    return new Shape(kind, path.toString());
  }

  /** An area between two values at the corners of the slots, of which there is one more. */
  Shape area(String kind, double[] from, double[] to) {
    double left = canvas.middleOf(0) - canvas.slotWidth() / 2;
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < to.length; i++) {
      append(path, i == 0, left + i * canvas.slotWidth(), to[i]);
    }
    for (int i = from.length - 1; i >= 0; i--) {
      append(path, false, left + i * canvas.slotWidth(), from[i]);
    }
    return new Shape(kind, path.append('z').toString());
  }

  /** A line for every run of slots that have a value; a slot on its own becomes a dash. */
  Shape line(String kind, Function<Slot, Quantiles> quantiles, ToDoubleFunction<Quantiles> value) {
    StringBuilder path = new StringBuilder();
    for (List<Integer> run : runs(quantiles)) {
      for (Corner corner : corners(run)) {
        double y = value.applyAsDouble(quantiles.apply(slots.get(corner.slot())));
        append(path, corner.first(), corner.x(), y);
      }
    }
    return new Shape(kind, path.toString());
  }

  /** The band between half and nearly all, for every run of slots that have a value. */
  Shape band(String kind, Function<Slot, Quantiles> quantiles) {
    StringBuilder path = new StringBuilder();
    for (List<Integer> run : runs(quantiles)) {
      List<Corner> corners = corners(run);
      for (Corner corner : corners) {
        double high = quantiles.apply(slots.get(corner.slot())).p95();
        append(path, corner.first(), corner.x(), high);
      }
      for (int i = corners.size() - 1; i >= 0; i--) {
        Corner corner = corners.get(i);
        append(path, false, corner.x(), quantiles.apply(slots.get(corner.slot())).p50());
      }
      path.append('z');
    }
    return new Shape(kind, path.toString());
  }

  private record Corner(int slot, double x, boolean first) {}

  private List<Corner> corners(List<Integer> run) {
    int slot = run.get(0);
    if (run.size() == 1) {
      double half = Math.min(WIDEST_DASH, canvas.slotWidth()) / 2;
      return List.of(
          new Corner(slot, canvas.middleOf(slot) - half, true),
          new Corner(slot, canvas.middleOf(slot) + half, false));
    }
    return run.stream().map(at -> new Corner(at, canvas.middleOf(at), at == slot)).toList();
  }

  private List<List<Integer>> runs(Function<Slot, Quantiles> quantiles) {
    List<List<Integer>> runs = new ArrayList<>();
    boolean going = false;
    for (int i = 0; i < slots.size(); i++) {
      boolean known = quantiles.apply(slots.get(i)) != null;
      if (known && !going) {
        runs.add(new ArrayList<>());
      }
      if (known) {
        runs.get(runs.size() - 1).add(i);
      }
      going = known;
    }
    return runs;
  }

  private void append(StringBuilder path, boolean first, double x, double value) {
    path.append(first ? 'M' : 'L').append(point(x)).append(' ').append(point(canvas.y(value)));
  }
}
