package io.facedrop.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests a row and time at the rate that the API grants; medians of three. */
class GrantedRateTest {
  private static final int ROWS = 3_000;
  private static final int LEARNING = 200;

  private record Run(SimulationResult learned, SimulationResult oracle) {}

  @ParameterizedTest
  @CsvSource({
    "20, 1000", "20, 4000", "20, 15000", "20, 45000",
    "100, 1000", "100, 4000", "100, 15000", "100, 45000"
  })
  void constantDurationsCostTwoRequestsARow(double perSecond, long duration) {
    Scenario scenario = Scenario.of(ROWS, perSecond, SimulatedDurations.constant(duration));

    assertThat(median(scenario, GrantedRateTest::requestsPerRow)).isLessThanOrEqualTo(2.05);
    assertThat(median(scenario, run -> beyond(run, 1.05))).isLessThanOrEqualTo(duration / 4e3);
  }

  @ParameterizedTest
  @CsvSource({
    "20, 4000, 0.5", "20, 4000, 0.8", "20, 15000, 0.5", "20, 15000, 0.8",
    "100, 4000, 0.5", "100, 4000, 0.8", "100, 15000, 0.5", "100, 15000, 0.8"
  })
  void mixedDurationsCostLittleMore(double perSecond, long duration, double sigma) {
    Scenario scenario = Scenario.of(ROWS, perSecond, SimulatedDurations.logNormal(duration, sigma));

    assertThat(median(scenario, GrantedRateTest::requestsPerRow)).isLessThanOrEqualTo(2.15);
    assertThat(median(scenario, run -> beyond(run, 1.25))).isLessThanOrEqualTo(duration / 4e3);
  }

  @ParameterizedTest
  @CsvSource({"20, 1", "100, 1", "20, 0.1", "100, 0.1"})
  void whatTheApiReportsMayMislead(double perSecond, double reported) {
    Scenario scenario =
        Scenario.of(ROWS, perSecond, SimulatedDurations.constant(15_000)).reporting(reported);

    assertThat(median(scenario, GrantedRateTest::requestsPerRow)).isLessThanOrEqualTo(2.05);
  }

  @ParameterizedTest
  @CsvSource({"20, 0.15", "100, 0.15", "20, 0.02", "100, 0.02"})
  void twoKindsOfTasksCostLittleMore(double perSecond, double share) {
    Scenario scenario =
        Scenario.of(ROWS, perSecond, SimulatedDurations.humps(2_000, 20_000, share));

    assertThat(median(scenario, GrantedRateTest::requestsPerRow)).isLessThanOrEqualTo(2.15);
  }

  @ParameterizedTest
  @CsvSource({"20, 4000, 12000", "100, 4000, 12000", "20, 12000, 4000", "100, 12000, 4000"})
  void slowDriftIsFollowed(double perSecond, long from, long to) {
    Scenario scenario = Scenario.of(ROWS, perSecond, SimulatedDurations.drift(from, to, ROWS));

    assertThat(median(scenario, GrantedRateTest::requestsPerRow)).isLessThanOrEqualTo(2.1);
  }

  @ParameterizedTest
  @CsvSource({"1000", "4000", "15000", "45000"})
  void askingEarlyCostsLittleWithoutALimit(long duration) {
    Scenario scenario = Scenario.of(ROWS, 0, SimulatedDurations.constant(duration)).workers(128);

    assertThat(median(scenario, run -> run.learned().requestsPerRow(0))).isLessThanOrEqualTo(2.05);
  }

  @ParameterizedTest
  @CsvSource({"4000, 0.5, 16", "15000, 0.5, 512", "4000, 0.8, 512", "15000, 0.8, 16"})
  void askingEarlyCostsLittleInAMixWithoutALimit(long duration, double sigma, int workers) {
    Scenario scenario =
        Scenario.of(ROWS, 0, SimulatedDurations.logNormal(duration, sigma)).workers(workers);

    assertThat(median(scenario, GrantedRateTest::requestsPerRow)).isLessThanOrEqualTo(2.15);
    assertThat(median(scenario, run -> costOfAskingEarly(run, scenario))).isLessThanOrEqualTo(0.05);
  }

  /** In a second batch, beside a policy that knows the same and is patient. */
  private static double costOfAskingEarly(Run run, Scenario scenario) {
    QueryTimes eager = Policies.informed(run.learned().times(), 0, 0, 1);
    QueryTimes patient = new Patient(Policies.informed(run.learned().times(), 0, 0, 1));
    return new Simulation(scenario, eager, 1).run().requestsPerRow(0)
        - new Simulation(scenario, patient, 1).run().requestsPerRow(0);
  }

  private static double requestsPerRow(Run run) {
    return run.learned().requestsPerRow(LEARNING);
  }

  /** Seconds beyond a multiple of the oracle's time. */
  private static double beyond(Run run, double factor) {
    return run.learned().seconds() - factor * run.oracle().seconds();
  }

  private static double median(Scenario scenario, ToDoubleFunction<Run> figure) {
    return LongStream.of(1, 2, 3)
        .mapToObj(seed -> run(scenario, seed))
        .mapToDouble(figure)
        .sorted()
        .skip(1)
        .findFirst()
        .orElseThrow();
  }

  private static Run run(Scenario scenario, long seed) {
    return new Run(
        new Simulation(scenario, Policies.learned(seed), seed).run(),
        Policies.oracle(scenario, seed));
  }
}
