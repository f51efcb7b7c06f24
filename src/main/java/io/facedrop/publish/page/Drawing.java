package io.facedrop.publish.page;

import java.util.List;

/**
 * A plot at one width, its coordinates in the pixels of that width.
 *
 * @param size name of the width
 * @param lines across, with their labels
 * @param marks below, with theirs
 * @param shades for the times in which the gate was closed
 * @param shapes the data
 * @param hints texts to be seen when a pointer rests on a slot
 */
record Drawing(
    String size,
    int width,
    int height,
    String left,
    String right,
    String top,
    String foot,
    String inner,
    List<Line> lines,
    List<Mark> marks,
    List<Shade> shades,
    List<Shape> shapes,
    List<Hint> hints) {

  /** A line across the plot. */
  record Line(String y, String label) {}

  /** A mark on the axis of time. */
  record Mark(String x, String label) {}

  /** A span of time in the background. */
  record Shade(String kind, String x, String width, String title) {}

  /** Data as an SVG path. */
  record Shape(String kind, String path) {}

  /** A slot to point at. */
  record Hint(String x, String width, String title) {}
}
