package io.facedrop.bench;

import java.util.List;
import java.util.Locale;

/** The medians of a scenario as a Markdown table, to be read in a terminal and in a README. */
final class Table {
  private Table() {}

  static String of(Scenario scenario, List<Summary> summaries) {
    StringBuilder text = new StringBuilder();
    text.append("**").append(scenario.title()).append("**\n\n");
    text.append("| contender | rows | ").append(scenario.figure().unit());
    text.append(" | least to most | ").append(yardstick(scenario));
    text.append(" | whole process | to first request | CPU a row | peak memory |");
    text.append(" endpoint |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
    summaries.forEach(summary -> text.append(line(scenario.figure(), summary)));
    return text.append(remarks(scenario, summaries)).toString();
  }

  private static String yardstick(Scenario scenario) {
    if (scenario.limit() > 0) {
      return "of the limit";
    }
    return switch (scenario.name()) {
      case Scenario.THROUGHPUT -> "of httpclient5";
      case Scenario.FACES -> "of half without faces";
      default -> "ratio";
    };
  }

  private static String line(Figure figure, Summary summary) {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %s | %s to %s | %s | %.1f s | %s | %s | %s | %s |%n",
        summary.contender(),
        summary.rows(),
        value(figure, summary.value()),
        value(figure, summary.least()),
        value(figure, summary.most()),
        ratio(summary.ratio()),
        summary.wallSeconds(),
        or(summary.firstRequestSeconds(), "%.2f s"),
        or(summary.cpuMicrosPerRow(), "%,.0f µs"),
        or(summary.peakKib() / 1024.0, "%,.0f MiB"),
        or(summary.endpointCpuMicrosPerRow(), "%,.0f µs"));
  }

  private static String value(Figure figure, double value) {
    return String.format(
        Locale.ROOT,
        switch (figure) {
          case TIMED -> "%,.0f";
          case WIRE -> "%,.1f";
          case PACE, WALL, CPU -> "%.2f";
        },
        value);
  }

  private static String ratio(double ratio) {
    return Double.isNaN(ratio) ? "–" : String.format(Locale.ROOT, "%.3f", ratio);
  }

  private static String or(double value, String form) {
    return value > 0 && value < Double.MAX_VALUE ? String.format(Locale.ROOT, form, value) : "–";
  }

  private static String remarks(Scenario scenario, List<Summary> summaries) {
    StringBuilder text = new StringBuilder();
    for (Summary summary : summaries) {
      if (scenario.figure() == Figure.PACE) {
        text.append(
            String.format(
                Locale.ROOT,
                "%n%s: at most %d requests in any second of any round; in no span more than %.2f"
                    + " above its share of the rate.%n",
                summary.contender(),
                summary.mostInASecond(),
                summary.burst()));
      }
    }
    if (scenario.latencyMillis() > 0 && !summaries.isEmpty()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nAn answer took the endpoint %.2f ms by its own clock (%s).%n",
              summaries.get(0).meanDelayMillis(),
              summaries.get(0).contender()));
    }
    return text.toString();
  }
}
