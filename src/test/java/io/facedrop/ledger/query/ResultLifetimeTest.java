package io.facedrop.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A detect_id lives for an hour; most of that is to be left when it is collected. */
class ResultLifetimeTest {
  private static final long LONGEST = 600_000;

  static Stream<Scenario> scenarios() {
    return Stream.of(
            SimulatedDurations.constant(LONGEST),
            SimulatedDurations.logNormal(60_000, 0.8).atMost(LONGEST),
            SimulatedDurations.logNormal(240_000, 0.5).atMost(LONGEST),
            SimulatedDurations.humps(5_000, 560_000, 0.3),
            SimulatedDurations.change(3_000, LONGEST, 500, 800))
        .flatMap(
            durations ->
                DoubleStream.of(0.5, 2, 20, 100, 0)
                    .mapToObj(rate -> Scenario.of(1_500, rate, durations)))
        .flatMap(each -> Stream.of(each, each.givenUpAt(4 * Scenario.QUARTER)));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void fortyMinutesAreLeft(Scenario scenario) {
    for (long seed = 1; seed <= 2; seed++) {
      SimulationResult result =
          new Simulation(scenario, Policies.learned(seed, scenario.deadline()), seed).run();

      assertThat(result.minutesLeft()).isGreaterThanOrEqualTo(40);
      assertThat(result.tasks()).hasSize(1_500).allMatch(task -> task.ended);
    }
  }
}
