package io.facedrop.command;

import io.facedrop.command.live.Cells;
import io.facedrop.command.live.Terminal;
import io.facedrop.operator.BatchProgress;
import io.facedrop.operator.Overview;
import io.facedrop.words.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How it stands, on one screen: what matters most is on it, and what is left out is counted. */
final class StatusScreen {
  private final Overview overview;
  private final Terminal.Size size;
  private final StatusText text;

  StatusScreen(Overview overview, Terminal.Size size) {
    this.overview = overview;
    this.size = size;
    this.text = new StatusText(overview, size.columns());
  }

  /** As many lines as the terminal shows above its cursor, at most. */
  List<String> lines() {
    if (height(text.lines()) < size.rows()) {
      return text.lines();
    }
    List<String> lines = text.head();
    // The cursor, the heading of the table, and what is said of the rest take a line each.
    int room = size.rows() - 3 - height(lines) - height(text.standstill());
    int spare = room - overview.batches().size();
    List<String> end = fitting(text.problems(), Math.max(room / 2, spare));
    room -= height(end);
    end.addAll(0, text.standstill());
    List<BatchProgress> batches =
        overview.batches().stream()
            .sorted(Comparator.comparing(progress -> progress.batch().complete()))
            .limit(Math.max(room, 0))
            .toList();
    List<String> rejected = fitting(text.rejected(), room - batches.size());
    lines.addAll(text.table(batches));
    lines.addAll(rejected);
    lines.addAll(end);
    int problems = overview.problems().size() + text.standstill().size() - end.size();
    lines.add(
        Cells.fitting(
            "left out: "
                + Stream.of(
                        leftOut(overview.batches().size() - batches.size(), "batch"),
                        leftOut(overview.rejected().behind(rejected.size()), "rejected manifest"),
                        leftOut(problems, "problem"))
                    .filter(words -> !words.isEmpty())
                    .collect(Collectors.joining(", "))
                + "; status without --watch shows them",
            size.columns()));
    return lines;
  }

  private static String leftOut(long count, String one) {
    return count == 0 ? "" : Count.of(count, one);
  }

  private List<String> fitting(List<String> lines, int room) {
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      kept.add(line);
      if (height(kept) > room) {
        kept.remove(kept.size() - 1);
        break;
      }
    }
    return kept;
  }

  private int height(List<String> lines) {
    return lines.stream()
        .mapToInt(line -> (Math.max(1, Cells.width(line)) - 1) / size.columns() + 1)
        .sum();
  }
}
