package io.facedrop.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as table, JSON and plot. */
record Report(Options options, List<Scenario> scenarios, Ceiling ceiling, Results results) {

  String text() {
    String tables =
        scenarios.stream()
            .filter(scenario -> !results.summaries(scenario).isEmpty())
            .map(scenario -> new Table(scenario, results.summaries(scenario)).text())
            .collect(Collectors.joining("\n"));
    return "Medians of %d round%s on %s.%n%n%s%n%s%n"
        .formatted(
            options.rounds(),
            options.rounds() == 1 ? "" : "s",
            Machine.read(options).text(),
            tables,
            ceiling.text(fastest()));
  }

  /** Written after every round, so that what was measured outlasts a benchmark that is stopped. */
  void write() throws IOException {
    Files.writeString(file("md"), text());
    new ObjectMapper()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .writeValue(file("json").toFile(), content());
    String plot = plot();
    if (!plot.isEmpty()) {
      Files.writeString(file("svg"), plot);
    }
  }

  /** Of throughput, or else of the granted rate; empty if neither was measured. */
  private String plot() {
    List<Summary> bars = throughput();
    List<GroupPlot.Group> groups = granted();
    if (!bars.isEmpty()) {
      return new BarPlot(bars).svg();
    }
    return groups.isEmpty() ? "" : new GroupPlot(groups).svg();
  }

  List<Path> files() {
    return List.of(file("md"), file("json"), file("svg"));
  }

  private Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("machine", Machine.read(options));
    content.put("rounds", options.rounds());
    content.put("concurrency", options.concurrency());
    content.put("endpoint", ceiling);
    content.put("medians", scenarios.stream().flatMap(s -> results.summaries(s).stream()).toList());
    content.put("measurements", results.measurements());
    content.put("failures", results.failures());
    return content;
  }

  private Path file(String extension) {
    return options.target(options.name() + "." + extension);
  }

  private List<Summary> throughput() {
    return scenarios.stream()
        .filter(scenario -> scenario.name().equals(Scenario.THROUGHPUT))
        .flatMap(scenario -> results.summaries(scenario).stream())
        .toList();
  }

  private List<GroupPlot.Group> granted() {
    return scenarios.stream()
        .filter(scenario -> scenario.figure() == Figure.GRANTED)
        .map(scenario -> new GroupPlot.Group(scenario, results.summaries(scenario)))
        .filter(group -> !group.bars().isEmpty())
        .toList();
  }

  private double fastest() {
    return throughput().stream().mapToDouble(Summary::most).max().orElse(0);
  }
}
