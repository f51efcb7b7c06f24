package io.facedrop.command.live;

import io.facedrop.words.Count;
import io.facedrop.words.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How far the work is, in one line that fits. What matters most stays when there is little room.
 *
 * @param rate rows a second
 * @param left how long the rest takes; empty where nothing can tell
 */
public record LiveLine(Moment now, double rate, Duration elapsed, Optional<Duration> left) {
  /** From so many columns on, what must be said has room. */
  static final int NARROWEST = 60;

  private static final int PERCENT = 100;
  private static final int SHORTEST_BAR = 8;
  private static final int LONGEST_BAR = 40;
  private static final String GAP = "  ";

  /**
   * @param rank what is left out last comes first; 0 is never left out
   */
  private record Part(String text, int rank) {}

  /** The line, of so many columns at most. */
  String text(int columns) {
    List<Part> parts = parts(columns);
    List<Part> kept = new ArrayList<>(parts.stream().filter(part -> part.rank() == 0).toList());
    parts.stream()
        .filter(part -> part.rank() > 0 && !part.text().isEmpty())
        .sorted(Comparator.comparingInt(Part::rank))
        .filter(part -> width(kept) + GAP.length() + Cells.width(part.text()) <= columns)
        .forEach(kept::add);
    int spare = columns - width(kept);
    String line =
        parts.stream()
            .filter(kept::contains)
            .map(part -> part == parts.get(0) ? bar(SHORTEST_BAR + spare) : part.text())
            .collect(Collectors.joining(GAP));
    return Cells.fitting(line, columns);
  }

  private List<Part> parts(int columns) {
    Tallied tally = now.tally();
    Part bar = new Part(bar(SHORTEST_BAR), 4);
    Part rows = new Part(Count.number(tally.settled()) + "/" + Count.of(tally.rows(), "row"), 1);
    Part dead = new Part(tally.dead() == 0 ? "" : Count.of(tally.dead(), "dead letter"), 2);
    Part time = new Part(Span.spoken(elapsed) + " elapsed", 3);
    return now.hindrance().isThere()
        ? List.of(bar, rows, dead, new Part(hindered(columns), 0), time)
        : List.of(
            bar,
            new Part(rows.text(), 0),
            dead,
            new Part(now.awaiting(), 6),
            new Part(String.format(Locale.ROOT, "%,.1f rows/s", rate), 5),
            time,
            new Part(left.map(span -> Span.spoken(span) + " left").orElse(""), 1),
            new Part(now.failure().isEmpty() ? "" : "last failure: " + now.failure(), 7));
  }

  /** What it waits for, of which only the cause may be cut. */
  private String hindered(int columns) {
    String begin = now.hindrance().counted(now.at()) + ": ";
    long left = now.tally().rows() - now.tally().settled();
    String end = left == 0 ? "" : "; " + Count.of(left, "row") + " left";
    return begin
        + Cells.fitting(now.hindrance().cause(), columns - Cells.width(begin) - Cells.width(end))
        + end;
  }

  /**
   * @param room for its cells
   */
  private String bar(int room) {
    Tallied tally = now.tally();
    double share = tally.rows() == 0 ? 1 : (double) tally.settled() / tally.rows();
    int cells = Math.min(LONGEST_BAR, room);
    int full = (int) (share * cells);
    String bar = "=".repeat(full) + (full < cells ? ">" : "");
    return String.format(
        Locale.ROOT, "[%-" + cells + "s] %3.0f%%", bar, Math.floor(PERCENT * share));
  }

  private static int width(List<Part> parts) {
    return Cells.width(parts.stream().map(Part::text).collect(Collectors.joining(GAP)));
  }
}
