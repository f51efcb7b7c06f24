package io.facedrop.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Results of a small batch are known within a fifth of the task's duration, or a second. */
class SmallBatchTest {
  static Stream<Scenario> scenarios() {
    return IntStream.of(1, 20, 150)
        .boxed()
        .flatMap(rows -> IntStream.of(20, 100, 0).boxed().flatMap(rate -> scenarios(rows, rate)));
  }

  private static Stream<Scenario> scenarios(int rows, double perSecond) {
    return LongStream.of(300, 1_000, 4_000, 15_000, 45_000)
        .mapToObj(each -> Scenario.of(rows, perSecond, SimulatedDurations.constant(each)));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void isNotSlowedDownWhileNothingIsKnown(Scenario scenario) {
    SimulationResult result = new Simulation(scenario, Policies.learned(1), 1).run();

    assertThat(result.tooLate()).isLessThanOrEqualTo(0);
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void isNotSlowedDownAfterALargeOne(Scenario scenario) {
    for (long minutes : new long[] {0, 30, 70, 300}) {
      long before = -minutes * 60_000;
      SimulationResult result =
          new Simulation(scenario, Policies.informed(large(scenario), before, 0, 2), 2).run();

      assertThat(result.tooLate()).as("%s minutes later", minutes).isLessThanOrEqualTo(0);
    }
  }

  /** What ends sooner than anything that was seen before is noticed late. */
  @ParameterizedTest
  @CsvSource({"100, 0.5", "100, 0.8", "0, 0.5", "0, 0.8"})
  void isHardlySlowedDownWhereDurationsDiffer(double perSecond, double sigma) {
    Scenario scenario = Scenario.of(100, perSecond, SimulatedDurations.logNormal(10_000, sigma));
    double late = 0;
    double lateAtFirst = 0;
    for (long seed = 1; seed <= 10; seed++) {
      QueryTimes known = Policies.informed(large(scenario), 0, 0, seed);
      late += new Simulation(scenario, known, seed).run().shareTooLate() / 10;
      QueryTimes unknown = Policies.learned(seed);
      lateAtFirst += new Simulation(scenario, unknown, seed).run().shareTooLate() / 10;
    }

    assertThat(late).isLessThan(0.1);
    assertThat(lateAtFirst).isLessThan(0.3);
  }

  private static QueryTimes large(Scenario scenario) {
    Scenario large = Scenario.of(1_000, scenario.perSecond(), scenario.durations());
    return new Simulation(large, Policies.learned(1), 1).run().times();
  }
}
