package io.facedrop.command.status;

import io.facedrop.command.live.Cells;
import io.facedrop.command.live.Terminal;
import io.facedrop.operator.BatchProgress;
import io.facedrop.operator.Overview;
import io.facedrop.words.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How it stands, on one screen: what matters most is on it, and what is left out is counted. On a
 * terminal, open batches come first.
 */
public final class StatusScreen {
  private final Overview overview;
  private final Terminal.Size size;
  private final StatusText text;

  public StatusScreen(Overview overview, Terminal.Size size) {
    this.overview = size.equals(Terminal.Size.ENDLESS) ? overview : overview.withOpenFirst();
    this.size = size;
    this.text = new StatusText(this.overview, size.columns());
  }

  /** As many lines as the terminal shows above its cursor, at most. */
  public List<String> lines() {
    return height(all()) < size.rows() ? all() : shortened();
  }

  /** All lines, however many the terminal shows. */
  public List<String> all() {
    return text.lines();
  }

  private List<String> shortened() {
    // The cursor, the heading of the table, and what is said of the rest take a line each.
    int all = size.rows() - 3 - height(text.standstill());
    List<String> servers = text.servers();
    List<String> nodes = text.nodes();
    List<String> lines = new ArrayList<>(text.worker());
    int others = Math.max(all - wanted(), size.rows() / 2) - height(lines) - height(text.gate());
    List<String> shownServers = fitting(servers, others);
    List<String> shownNodes = fitting(nodes, others - height(shownServers));
    lines.addAll(shownServers);
    lines.addAll(shownNodes);
    lines.addAll(text.gate());

    int room = all - height(lines);
    int spare = room - overview.batches().size();
    List<String> problems = fitting(text.problems(), Math.max(room / 2, spare));
    room -= height(problems);
    List<BatchProgress> batches = batches(room);
    room -= batches.size();
    List<String> more = fitting(text.rejectedMore(), room);
    List<String> rejected = fitting(text.rejectedListed(), room - height(more));
    lines.addAll(text.table(batches));
    lines.addAll(rejected);
    lines.addAll(more);
    lines.addAll(text.standstill());
    lines.addAll(problems);
    lines.add(
        leftOut(
            leftOut(servers.size() - shownServers.size(), "SFTP server"),
            leftOut(nodes.size() - shownNodes.size(), "node"),
            leftOut(overview.batches().size() - batches.size(), "batch"),
            leftOut(text.rejectedListed().size() - rejected.size(), "rejected manifest"),
            leftOut(text.problems().size() - problems.size(), "problem")));
    return lines;
  }

  /** How much room there would be use for below the head. */
  private int wanted() {
    return overview.batches().size()
        + height(text.rejectedListed())
        + height(text.rejectedMore())
        + height(text.problems());
  }

  private List<BatchProgress> batches(int room) {
    return overview.batches().stream().limit(Math.max(room, 0)).toList();
  }

  private String leftOut(String... kinds) {
    String words =
        Stream.of(kinds).filter(kind -> !kind.isEmpty()).collect(Collectors.joining(", "));
    return Cells.fitting(
        "left out: " + words + "; status without --watch shows them", size.columns());
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
