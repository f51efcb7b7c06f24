package io.facedrop.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The medians of several scenarios as groups of bars, with a line at the limit of each group. */
final class GroupPlot {
  private static final int WIDTH = 820;
  private static final int LEFT = 170;
  private static final int ROOM = 470;
  private static final int TOP = 56;
  private static final int PITCH = 24;
  private static final int THICKNESS = 18;
  private static final int GAP = 14;
  private static final Map<String, String> COLOURS =
      Map.of(Facedrop.NAME, "#0969da", Facedrop.AGES, "#80b3ec");

  private final List<Group> groups;
  private final double most;

  /** A scenario and what was measured. */
  record Group(Scenario scenario, List<Summary> bars) {}

  GroupPlot(List<Group> groups) {
    this.groups = groups;
    most = groups.stream().mapToDouble(GroupPlot::most).max().orElse(1);
  }

  String svg() {
    StringBuilder bars = new StringBuilder();
    int y = TOP;
    for (Group group : groups) {
      bars.append(group(group, y));
      y += PITCH * group.bars().size() + GAP;
    }
    return """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
        role="img" font-family="system-ui, sans-serif" font-size="14">
        <title>Rows an hour by how long tasks take</title>
        <rect width="%1$d" height="%2$d" fill="#ffffff"/>
        <text x="16" y="28" font-size="16" font-weight="600" fill="#1f2328">\
        Rows an hour at %3$d requests a second, by how long tasks take</text>
        %4$s%5$s</svg>
        """
        .formatted(
            WIDTH,
            y + 24,
            Granted.RATE,
            bars,
            BarPlot.text(
                16,
                y + 8,
                "#59636e",
                12,
                "Median of "
                    + groups.get(0).bars().get(0).rounds()
                    + " rounds; line and × by a client that knows when each task ends."));
  }

  private static double most(Group group) {
    return group.bars().stream()
        .mapToDouble(Summary::value)
        .reduce(group.scenario().limit(), Math::max);
  }

  private String group(Group group, int top) {
    StringBuilder svg = new StringBuilder();
    svg.append(
        BarPlot.text(16, top + 14, "#1f2328", 14, Granted.duration(group.scenario().name())));
    int y = top;
    for (Summary bar : group.bars()) {
      svg.append(bar(bar, y));
      y += PITCH;
    }
    return svg.append(line(group.scenario().limit(), top - 3, y - 3)).toString();
  }

  private String bar(Summary bar, int y) {
    return String.format(
            Locale.ROOT,
            """
            <text x="%d" y="%d" text-anchor="end" fill="#1f2328">%s</text>
            <rect x="%d" y="%d" width="%.1f" height="%d" rx="2" fill="%s"/>
            """,
            LEFT - 10,
            y + 14,
            bar.contender(),
            LEFT,
            y,
            length(bar.value()),
            THICKNESS,
            COLOURS.getOrDefault(bar.contender(), "#afb8c1"))
        + BarPlot.text(
            LEFT + ROOM + 16,
            y + 14,
            "#1f2328",
            14,
            String.format(Locale.ROOT, "%,.0f (× %.2f)", bar.value(), bar.ratio()));
  }

  private String line(double limit, int from, int to) {
    return String.format(
        Locale.ROOT,
        "<path d=\"M%.1f %d V%d\" stroke=\"#cf222e\" stroke-width=\"1.5\"/>%n",
        LEFT + length(limit),
        from,
        to);
  }

  private double length(double value) {
    return value / most * ROOM;
  }
}
