package io.facedrop.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The medians of a scenario as a Markdown table, to be read in a terminal and in the manual. */
final class Table {
  private static final Column FIRST_REQUEST =
      new Column("first request", summary -> or(summary.firstRequestSeconds(), "%.2f s"));

  private static final Column PEAK =
      new Column("peak memory", summary -> or(summary.peakKib() / 1024.0, "%,.0f MiB"));

  private final Scenario scenario;
  private final List<Summary> summaries;

  private record Column(String title, Function<Summary, String> cell) {}

  Table(Scenario scenario, List<Summary> summaries) {
    this.scenario = scenario;
    this.summaries = summaries;
  }

  String text() {
    List<Column> columns = columns();
    return "**"
        + scenario.title()
        + "**\n\n"
        + row(columns.stream().map(Column::title).toList())
        + "|---|"
        + "--:|".repeat(columns.size() - 1)
        + "\n"
        + summaries.stream().map(summary -> row(columns, summary)).collect(Collectors.joining())
        + remarks();
  }

  private static String row(List<Column> columns, Summary summary) {
    return row(columns.stream().map(column -> column.cell().apply(summary)).toList());
  }

  private static String row(List<String> cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("contender", Summary::contender));
    columns.add(new Column(scenario.figure().unit(), summary -> value(summary.value())));
    columns.add(
        new Column(
            "least to most", summary -> value(summary.least()) + " to " + value(summary.most())));
    switch (scenario.figure()) {
      case TIMED, WIRE, PACE -> columns.addAll(ofRows());
      case NODES -> columns.addAll(ofNodes());
      case GRANTED -> columns.addAll(ofRequests());
      case WALL -> columns.add(FIRST_REQUEST);
      case RESTART, CPU -> {}
    }
    columns.add(PEAK);
    return columns;
  }

  private List<Column> ofRows() {
    List<Column> columns = new ArrayList<>();
    if (!yardstick().isEmpty()) {
      columns.add(new Column(yardstick(), summary -> ratio(summary.ratio())));
    }
    if (scenario.name().equals(Scenario.THROUGHPUT)) {
      columns.add(new Column("facedrop has", summary -> times(summary.facedropRatio())));
    }
    columns.add(new Column("rows", summary -> form("%,d", summary.rows())));
    columns.add(new Column("whole process", summary -> form("%.1f s", summary.wallSeconds())));
    columns.add(FIRST_REQUEST);
    columns.add(new Column("CPU a row", summary -> or(summary.cpuMicrosPerRow(), "%,.0f µs")));
    columns.add(
        new Column("endpoint", summary -> or(summary.endpointCpuMicrosPerRow(), "%,.0f µs")));
    return columns;
  }

  private List<Column> ofNodes() {
    return List.of(
        new Column(
            "from drop to report",
            summary -> form("%,.0f rows/s", summary.rows() / summary.wallSeconds())),
        FIRST_REQUEST,
        new Column("CPU a row", summary -> or(summary.cpuMicrosPerRow(), "%,.0f µs")),
        new Column("PostgreSQL", summary -> or(summary.databaseCpuMicrosPerRow(), "%,.0f µs")),
        new Column("endpoint", summary -> or(summary.endpointCpuMicrosPerRow(), "%,.0f µs")),
        new Column("rows a commit", summary -> or(summary.rowsPerCommit(), "%.1f")),
        new Column("rows a sync", summary -> or(summary.rowsPerLogSync(), "%.1f")),
        new Column("log a row", summary -> or(summary.logBytesPerRow(), "%,.0f bytes")),
        new Column("rows", summary -> form("%,d", summary.rows())));
  }

  private List<Column> ofRequests() {
    return List.of(
        new Column("of the oracle", summary -> ratio(summary.ratio())),
        new Column("requests a row", summary -> form("%.2f", summary.requestsPerRow())),
        new Column("after the 200th", summary -> or(summary.laterRequestsPerRow(), "%.2f")),
        new Column(
            "first request to last answer", summary -> form("%.1f s", summary.workSeconds())),
        new Column("rows", summary -> form("%,d", summary.rows())));
  }

  private String yardstick() {
    return switch (scenario.name()) {
      case Scenario.THROUGHPUT -> "of httpclient5";
      case Scenario.FACES -> "of half without faces";
      case Scenario.SCALE -> "";
      default -> "of the limit";
    };
  }

  private String value(double value) {
    return form(
        switch (scenario.figure()) {
          case TIMED, NODES, GRANTED -> "%,.0f";
          case WIRE -> "%,.1f";
          case PACE, WALL, RESTART, CPU -> "%.2f";
        },
        value);
  }

  private static String ratio(double ratio) {
    return Double.isNaN(ratio) ? "–" : form("%.3f", ratio);
  }

  private static String times(double ratio) {
    return Double.isNaN(ratio) ? "–" : form("%.2f ×", ratio);
  }

  private static String or(double value, String form) {
    return value > 0 && value < Double.MAX_VALUE ? form(form, value) : "–";
  }

  private static String form(String form, Object value) {
    return String.format(Locale.ROOT, form, value);
  }

  private String remarks() {
    String pace =
        scenario.figure() == Figure.PACE || scenario.figure() == Figure.GRANTED
            ? summaries.stream().map(Table::pace).collect(Collectors.joining())
            : "";
    String delay =
        scenario.latencyMillis() > 0
            ? form(
                "\nThe endpoint's answers took %.2f ms on average, by its own clock.\n",
                summaries.stream().mapToDouble(Summary::meanDelayMillis).average().orElseThrow())
            : "";
    String parts = summaries.stream().map(this::parts).collect(Collectors.joining());
    return oracle() + pace + delay + parts;
  }

  private String oracle() {
    return scenario.figure() == Figure.GRANTED
        ? String.format(
            Locale.ROOT,
            "%nThe oracle, which knows when each task ends: %,.0f rows/h, 2 requests a row, %.1f s.%n",
            scenario.limit(),
            3_600 * scenario.rows() / scenario.limit())
        : "";
  }

  private String parts(Summary summary) {
    return switch (scenario.name()) {
      case Scenario.THROUGHPUT, Scenario.FACES -> Breakdown.text(summary);
      case Scenario.SCALE -> scale(summary) + Breakdown.text(summary);
      default -> "";
    };
  }

  private static String scale(Summary summary) {
    return String.format(
        Locale.ROOT,
        "%nRows a second: accepted %,.0f (start-up included); the first tenth of the requests %,.0f,"
            + " the last %,.0f (%.2f of the first); the last part published %,.0f.%n",
        summary.acceptedRate(),
        summary.firstTenthRate(),
        summary.lastTenthRate(),
        summary.tenthRatio(),
        summary.publishedRate());
  }

  private static String pace(Summary summary) {
    return String.format(
        Locale.ROOT,
        "%n%s, in the worst round: %d requests in one second, and in no span, however short or"
            + " long, more than %.2f above its share of the rate.%n",
        summary.contender(),
        summary.mostInASecond(),
        summary.burst());
  }
}
