package io.facedrop.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangedDurationTest {
  private static final int NEXT = 500;

  @ParameterizedTest
  @CsvSource({"20, 1", "20, 2", "20, 3", "100, 1", "100, 2", "100, 3"})
  void suddenChangeCostsFewQueriesAndNoRow(double perSecond, long seed) {
    SimulationResult result = run(4_000, perSecond, 1_000, 2_500, seed);

    // Those that are queried when it shows were created before it.
    assertThat(excess(result, 950)).isLessThanOrEqualTo(NEXT / 2);
    assertThat(excess(result, 1_000)).isLessThanOrEqualTo(NEXT / 2);
    assertThat(excess(result, 2_450)).isLessThanOrEqualTo(NEXT / 2);
    assertThat(excess(result, 2_500)).isLessThanOrEqualTo(NEXT / 2);
    assertThat(result.tasks()).hasSize(4_000).allMatch(task -> task.ended);
  }

  @ParameterizedTest
  @CsvSource({"20, 1", "20, 2", "20, 3"})
  void resultsAreThereSoonAfterTasksHaveBecomeFaster(double perSecond, long seed) {
    SimulationResult result = run(6_000, perSecond, 1_000, 3_000, seed);

    assertThat(lateness(result, 2_500)).isLessThan(20_000);
    assertThat(lateness(result, 3_800)).isLessThan(2_000);
  }

  @ParameterizedTest
  @CsvSource({"20, 1", "20, 2", "20, 3", "100, 1", "100, 2", "100, 3"})
  void tasksThatNeverEndDoNotDelayTheOthers(double perSecond, long seed) {
    SimulationResult result =
        new Simulation(
                Scenario.of(3_000, perSecond, SimulatedDurations.constant(4_000).neverEnding(0.03)),
                Policies.learned(seed),
                seed)
            .run();

    assertThat(result.requestsPerRow(200)).isLessThan(2.4);
    assertThat(lateness(result, 2_500)).isLessThan(20_000);
    assertThat(result.tasks()).allMatch(task -> task.ended == task.run < SimulatedDurations.NEVER);
  }

  @Test
  void mixWithTasksThatNeverEndIsNotWaitedForTheLongest() {
    SimulationResult result =
        new Simulation(
                Scenario.of(3_000, 20, SimulatedDurations.logNormal(15_000, 0.5).neverEnding(0.05)),
                Policies.learned(1),
                1)
            .run();

    assertThat(result.requestsPerRow(200)).isLessThan(2.6);
    assertThat(result.tasks())
        .filteredOn(task -> task.ended)
        .allMatch(task -> task.firstAge < Scenario.QUARTER / 2);
  }

  private static SimulationResult run(int rows, double perSecond, int from, int until, long seed) {
    SimulatedDurations durations = SimulatedDurations.change(2_000, 60_000, from, until);
    Scenario scenario = Scenario.of(rows, perSecond, durations);
    return new Simulation(scenario, Policies.learned(seed), seed).run();
  }

  private static int excess(SimulationResult result, int from) {
    return result.excess(task -> task.row >= from && task.row < from + NEXT);
  }

  /** Mean of some hundred rows, in milliseconds. */
  private static double lateness(SimulationResult result, int from) {
    return result.tasks().stream()
        .filter(task -> task.ended && task.row >= from && task.row < from + 300)
        .mapToLong(SimulatedTask::lateness)
        .average()
        .orElseThrow();
  }
}
