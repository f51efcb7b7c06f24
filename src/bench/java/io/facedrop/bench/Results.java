package io.facedrop.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** All that was measured, and its medians. */
final class Results {
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  void add(Measurement measurement) {
    measurements.add(measurement);
  }

  void fail(String failure) {
    failures.add(failure);
  }

  List<Measurement> measurements() {
    return measurements;
  }

  List<String> failures() {
    return failures;
  }

  /** In the order of the contenders; those that were not measured are left out. */
  List<Summary> summaries(Scenario scenario) {
    return scenario.contenders().stream()
        .map(contender -> of(scenario.name(), contender))
        .filter(runs -> !runs.isEmpty())
        .map(runs -> summary(scenario, runs))
        .toList();
  }

  private List<Measurement> of(String scenario, String contender) {
    return measurements.stream()
        .filter(run -> run.scenario().equals(scenario) && run.contender().equals(contender))
        .toList();
  }

  private Summary summary(Scenario scenario, List<Measurement> runs) {
    Measurement any = runs.get(0);
    double[] values = sorted(runs, Measurement::value);
    return new Summary(
        any.scenario(),
        any.contender(),
        runs.size(),
        any.rows(),
        median(values),
        values[0],
        values[values.length - 1],
        median(runs, run -> ratio(scenario, run)),
        median(runs, run -> facedropRatio(scenario, run)),
        median(runs, Measurement::wallSeconds),
        median(runs, Measurement::firstRequestSeconds),
        median(runs, run -> run.counts().seconds()),
        median(runs, run -> run.counts().requestsPerRow()),
        median(runs, run -> run.counts().laterRequestsPerRow()),
        median(runs, run -> run.rows() / run.firstRequestSeconds()),
        median(runs, run -> run.counts().firstTenthRate()),
        median(runs, run -> run.counts().lastTenthRate()),
        median(runs, run -> run.counts().lastTenthRate() / run.counts().firstTenthRate()),
        median(runs, run -> run.lastPartRows() / run.tailSeconds()),
        median(runs, run -> run.cpuSeconds() * 1e6 / run.counts().posts()),
        any.contender().startsWith(Facedrop.NAME) ? Breakdown.of(runs) : Map.of(),
        Math.round(median(runs, Measurement::peakKib)),
        median(runs, run -> run.endpointCpuSeconds() * 1e6 / run.counts().posts()),
        median(runs, run -> run.counts().meanDelayMillis()),
        // What must never be exceeded has no median.
        Math.round(last(sorted(runs, run -> run.counts().mostInASecond()))),
        last(sorted(runs, run -> run.counts().burst())),
        median(runs, run -> run.database().cpuSeconds() * 1e6 / run.rows()),
        median(runs, run -> (double) run.rows() / run.database().commits()),
        median(runs, run -> (double) run.database().logBytes() / run.rows()),
        median(runs, run -> (double) run.rows() / run.database().logSyncs()));
  }

  private double ratio(Scenario scenario, Measurement run) {
    if (scenario.limit() > 0) {
      return run.value() / scenario.limit();
    }
    return switch (scenario.name()) {
      case Scenario.THROUGHPUT -> run.value() / throughput("httpclient5", run.round());
      case Scenario.FACES -> run.value() / (throughput("facedrop", run.round()) / 2);
      default -> Double.NaN;
    };
  }

  private double facedropRatio(Scenario scenario, Measurement run) {
    return scenario.name().equals(Scenario.THROUGHPUT)
        ? throughput("facedrop", run.round()) / run.value()
        : Double.NaN;
  }

  private double throughput(String contender, int round) {
    Optional<Measurement> found =
        of(Scenario.THROUGHPUT, contender).stream().filter(run -> run.round() == round).findAny();
    return found.map(Measurement::value).orElse(Double.NaN);
  }

  private static double[] sorted(
      List<Measurement> runs, ToDoubleFunction<? super Measurement> figure) {
    return runs.stream().mapToDouble(figure).sorted().toArray();
  }

  static double median(List<Measurement> runs, ToDoubleFunction<? super Measurement> figure) {
    return median(sorted(runs, figure));
  }

  private static double last(double[] sorted) {
    return sorted[sorted.length - 1];
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
