package io.facedrop.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Endpoint, contenders and facedrop in the same run, in turn, round by round. */
public final class Benchmark {
  private final Options options;
  private final Selection selection;
  private final Trial trial;
  private final Results results = new Results();

  private Benchmark(Options options, Selection selection, EndpointProcess endpoint) {
    this.options = options;
    this.selection = selection;
    this.trial = new Trial(options, endpoint);
  }

  public static void main(String[] args) throws Exception {
    Options options;
    try {
      options = Options.read();
      run(options);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void run(Options options) throws IOException, InterruptedException {
    Contenders contenders = new Contenders(options);
    try (Databases databases = new Databases(options)) {
      List<Contender> all = contenders.all(Packaged.jar(options), databases);
      Selection selection = Selection.of(options.only(), Scenario.all(options), all).needed();
      run(
          options,
          contenders,
          new Selection(selection.scenarios(), available(selection.contenders())));
    }
  }

  private static void run(Options options, Contenders contenders, Selection selection)
      throws IOException, InterruptedException {
    try (EndpointProcess endpoint = new EndpointProcess(contenders)) {
      Ceiling ceiling = endpoint.ceiling();
      System.out.println(ceiling.text(0));
      Benchmark benchmark = new Benchmark(options, selection, endpoint);
      Report report = new Report(options, selection.scenarios(), ceiling, benchmark.results);
      benchmark.rounds(report);
      System.out.printf("%n%s%nWritten to %s%n", report.text(), report.files());
      benchmark.end();
    }
  }

  private static List<Contender> available(List<Contender> contenders) {
    List<Contender> available = new ArrayList<>(contenders);
    for (Contender contender : contenders) {
      String missing = contender.missing();
      if (!missing.isEmpty()) {
        System.out.println("left out: " + contender.name() + ", because this fails: " + missing);
        available.remove(contender);
      }
    }
    return available;
  }

  private void rounds(Report report) throws IOException, InterruptedException {
    for (int round = 1; round <= options.rounds(); round++) {
      for (Scenario scenario : selection.scenarios()) {
        for (Contender contender : inTurn(scenario, round)) {
          run(scenario, contender, round);
        }
      }
      report.write();
    }
  }

  /** Every round begins with another, so that none is always behind the same. */
  private List<Contender> inTurn(Scenario scenario, int round) {
    List<Contender> turn =
        new ArrayList<>(
            selection.contenders().stream()
                .filter(contender -> scenario.contenders().contains(contender.name()))
                .toList());
    Collections.rotate(turn, 1 - round);
    return turn;
  }

  private void run(Scenario scenario, Contender contender, int round) throws InterruptedException {
    String title =
        "round %d/%d, %s, %s".formatted(round, options.rounds(), scenario.name(), contender.name());
    try {
      Measurement measurement = trial.run(scenario, contender, round);
      results.add(measurement);
      System.out.printf(
          Locale.ROOT,
          "%s: %,.2f %s (%,d rows, process %.1f s)%n",
          title,
          measurement.value(),
          scenario.figure().unit(),
          measurement.rows(),
          measurement.wallSeconds());
    } catch (IOException | IllegalStateException e) {
      results.fail(title + ": " + e.getMessage());
      System.out.println(title + " FAILED: " + e.getMessage() + "; see target/work");
    }
  }

  private void end() {
    if (!results.failures().isEmpty()) {
      System.err.println("Failed, and not in the medians:");
      results.failures().forEach(System.err::println);
      System.exit(1);
    }
  }
}
