package io.facedrop.command.status;

import io.facedrop.command.live.Cells;
import io.facedrop.operator.BatchProgress;
import io.facedrop.words.Count;
import io.facedrop.words.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The batches, one a line. Where a terminal has little room, what matters least is left out. */
final class StatusTable {
  private static final String GAP = "  ";
  private static final int SHORTEST_NAME = 12;

  private final List<BatchProgress> batches;
  private final Instant now;
  private final int columns;
  private final List<Column> shown;

  /**
   * @param width when there is no end to the room; negative if it begins at the left
   */
  private record Column(String heading, int width, Function<BatchProgress, String> cell) {
    boolean isEmpty(List<BatchProgress> batches) {
      return batches.stream().allMatch(batch -> cell.apply(batch).isEmpty());
    }

    Column fitted(List<BatchProgress> batches) {
      int widest =
          Stream.concat(Stream.of(heading), batches.stream().map(cell))
              .mapToInt(Cells::width)
              .max()
              .orElse(0);
      return new Column(heading, width < 0 ? -widest : widest, cell);
    }

    String format(String text) {
      return String.format(Locale.ROOT, "%" + width + "s", text);
    }
  }

  /**
   * @param now from which on the time that is left counts
   * @param columns of the terminal
   */
  StatusTable(List<BatchProgress> batches, Instant now, int columns) {
    this.batches = batches;
    this.now = now;
    this.columns = columns;
    this.shown = columns == Integer.MAX_VALUE ? layouts().get(0) : fitting();
  }

  private List<Column> fitting() {
    int longest =
        batches.stream().map(StatusTable::manifest).mapToInt(Cells::width).max().orElse(0);
    List<List<Column>> layouts = layouts().stream().map(this::fitted).toList();
    return layouts.stream()
        .filter(layout -> room(layout) >= Math.min(longest, SHORTEST_NAME))
        .findFirst()
        .orElse(layouts.get(layouts.size() - 1));
  }

  private List<Column> fitted(List<Column> layout) {
    return layout.stream()
        .filter(column -> !column.isEmpty(batches))
        .map(column -> column.fitted(batches))
        .toList();
  }

  /** What is left for the name of the manifest. */
  private int room(List<Column> layout) {
    return columns
        - layout.stream().mapToInt(column -> Math.abs(column.width()) + GAP.length()).sum();
  }

  /** From the widest to the narrowest. */
  private List<List<Column>> layouts() {
    Column id = new Column("batch", -26, batch -> batch.batch().id());
    Column shortId = new Column("batch", -8, this::abbreviated);
    Column state = new Column("state", -9, BatchProgress::state);
    Column rows = number("rows", batch -> batch.batch().rows());
    Column succeeded = number("succeeded", batch -> batch.batch().succeeded());
    Column dead = number("dead", batch -> batch.batch().dead());
    Column open = number("open", batch -> batch.batch().open());
    Column awaiting = number("awaiting", BatchProgress::awaiting);
    Column rate = new Column("rows/s", 8, StatusTable::rate);
    Column end = new Column("complete by about", -20, StatusTable::end);
    Column left = new Column("ends in", 8, this::left);
    return List.of(
        List.of(id, state, rows, succeeded, dead, open, awaiting, rate, end),
        List.of(shortId, state, rows, succeeded, dead, open, awaiting, rate, end),
        List.of(shortId, state, rows, succeeded, dead, open, awaiting, rate, left),
        List.of(shortId, state, rows, succeeded, dead, open, rate, left),
        List.of(shortId, state, rows, succeeded, dead, open, left),
        List.of(shortId, state, rows, succeeded, dead, open),
        List.of(shortId, state, rows, open));
  }

  private static Column number(String heading, Function<BatchProgress, Long> number) {
    return new Column(heading, 10, batch -> Count.number(number.apply(batch)));
  }

  private static String rate(BatchProgress batch) {
    return batch.rate() == 0 ? "" : String.format(Locale.ROOT, "%,.1f", batch.rate());
  }

  private static String end(BatchProgress batch) {
    return batch.eta() == null ? "" : batch.eta().toString();
  }

  private String left(BatchProgress batch) {
    return batch.eta() == null ? "" : Span.spoken(Duration.between(now, batch.eta()));
  }

  /** As short as commands take it, while no other batch here has the same. */
  private String abbreviated(BatchProgress batch) {
    String id = batch.batch().id();
    int dash = id.lastIndexOf('-');
    return Stream.of(id.substring(dash + 1), id.substring(0, Math.max(dash, 0)))
        .filter(part -> !part.isEmpty())
        .filter(
            part ->
                batches.stream()
                    .map(other -> other.batch().id())
                    .noneMatch(other -> !other.equals(id) && other.contains(part)))
        .findFirst()
        .orElse(id);
  }

  String heading() {
    return line(Column::heading, "manifest");
  }

  String line(BatchProgress batch) {
    return line(column -> column.cell().apply(batch), manifest(batch));
  }

  private String line(Function<Column, String> cell, String manifest) {
    String cells =
        shown.stream()
            .map(column -> column.format(cell.apply(column)) + GAP)
            .collect(Collectors.joining());
    return columns == Integer.MAX_VALUE
        ? cells + manifest
        : Cells.fitting(
            cells + Cells.fittingInTheMiddle(manifest, Math.max(room(shown), 0)), columns);
  }

  private static String manifest(BatchProgress batch) {
    return batch.batch().folder() + batch.batch().manifest();
  }
}
