package io.facedrop.console.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;

/** Bars over time, each of two values that stand on each other. */
final class BarPlot {
  private static final double WIDTH = 1000;
  private static final double HEIGHT = 100;

  /** Between two bars. */
  private static final double GAP = 1.5;

  private final String title;
  private final String note;
  private final String upper;
  private final Instant from;
  private final Duration slot;
  private final Duration span;
  private final List<Bar> bars = new ArrayList<>();

  private record Bar(int slot, long low, long high, String words) {}

  /**
   * @param note what the bars are; empty where the title says it
   * @param upper the class of the upper values, by which they are coloured
   */
  BarPlot(String title, String note, String upper, Instant from, Duration slot, Duration span) {
    this.title = title;
    this.note = note;
    this.upper = upper;
    this.from = from;
    this.slot = slot;
    this.span = span;
  }

  /**
   * Adds a bar.
   *
   * @param words what it is
   */
  void add(int at, long low, long high, String words) {
    bars.add(new Bar(at, low, high, words));
  }

  boolean isEmpty() {
    return bars.isEmpty();
  }

  /**
   * For a template.
   *
   * @param text the highest value with its unit
   */
  Map<String, Object> data(LongFunction<String> text) {
    long most = Math.max(1, bars.stream().mapToLong(bar -> bar.low() + bar.high()).max().orElse(1));
    return Map.of(
        "title",
        title,
        "note",
        note,
        "most",
        text.apply(most),
        "begin",
        Text.clock(from),
        "end",
        Text.clock(from.plus(span)),
        "bars",
        bars.stream().map(bar -> data(bar, most)).toList());
  }

  private Map<String, Object> data(Bar bar, long most) {
    double width = WIDTH * slot.toSeconds() / span.toSeconds();
    double low = HEIGHT * bar.low() / most;
    double high = HEIGHT * bar.high() / most;
    return Map.of(
        "x",
        number(width * bar.slot() + GAP / 2),
        "width",
        number(width - GAP),
        "lowY",
        number(HEIGHT - low),
        "low",
        number(low),
        "upper",
        upper,
        "highY",
        number(HEIGHT - low - high),
        "high",
        number(high),
        "words",
        Text.clock(from.plus(slot.multipliedBy(bar.slot()))) + ": " + bar.words());
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
