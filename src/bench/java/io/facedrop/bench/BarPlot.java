package io.facedrop.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The contenders' medians as bars, fastest first, with a line from the worst to the best round. */
final class BarPlot {
  private static final int WIDTH = 820;
  private static final int LEFT = 170;
  private static final int ROOM = 470;
  private static final int TOP = 56;
  private static final int PITCH = 34;
  private static final int THICKNESS = 22;
  private static final String COMPARED =
      "facedrop: the whole process with its start-up; others: warm, without start-up.";

  private final List<Summary> bars;
  private final double most;

  BarPlot(List<Summary> summaries) {
    bars =
        summaries.stream().sorted(Comparator.comparingDouble(Summary::value).reversed()).toList();
    most = summaries.stream().mapToDouble(Summary::most).max().orElse(1);
  }

  String svg() {
    StringBuilder svg = new StringBuilder();
    int height = TOP + PITCH * bars.size() + 50;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
        role="img" font-family="system-ui, sans-serif" font-size="14">
        <title>Rows per second of facedrop and what people would use instead</title>
        <rect width="%1$d" height="%2$d" fill="#ffffff"/>
        <text x="16" y="28" font-size="16" font-weight="600" fill="#1f2328">\
        Rows per second, endpoint without latency</text>
        """
            .formatted(WIDTH, height));
    for (int place = 0; place < bars.size(); place++) {
      svg.append(bar(bars.get(place), TOP + PITCH * place));
    }
    svg.append(text(16, height - 30, "#59636e", 12, note()));
    svg.append(text(16, height - 14, "#59636e", 12, COMPARED));
    return svg.append("</svg>\n").toString();
  }

  private String bar(Summary bar, int y) {
    int middle = y + THICKNESS / 2;
    double end = LEFT + length(bar.most());
    return String.format(
            Locale.ROOT,
            """
            <text x="%d" y="%d" text-anchor="end" fill="#1f2328"%s>%s</text>
            <rect x="%d" y="%d" width="%.1f" height="%d" rx="2" fill="%s"/>
            <path d="M%.1f %d H%.1f" stroke="#1f2328" stroke-width="1.5"/>
            """,
            LEFT - 10,
            middle + 5,
            isOurs(bar) ? " font-weight=\"600\"" : "",
            bar.contender(),
            LEFT,
            y,
            length(bar.value()),
            THICKNESS,
            isOurs(bar) ? "#0969da" : "#afb8c1",
            LEFT + length(bar.least()),
            middle,
            end)
        + text(end + 8, middle + 5, "#1f2328", 14, label(bar));
  }

  static String text(double x, int y, String colour, int size, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%d\" fill=\"%s\" font-size=\"%d\">%s</text>%n",
        x,
        y,
        colour,
        size,
        text);
  }

  private double length(double value) {
    return value / most * ROOM;
  }

  private static boolean isOurs(Summary bar) {
    return bar.contender().equals("facedrop");
  }

  private static String label(Summary bar) {
    return String.format(Locale.ROOT, "%,.0f", bar.value())
        + (Double.isNaN(bar.ratio()) ? "" : String.format(Locale.ROOT, " (× %.2f)", bar.ratio()));
  }

  private String note() {
    return "Median of "
        + bars.get(0).rounds()
        + " rounds, line from worst to best; × of the bare loop httpclient5.";
  }
}
