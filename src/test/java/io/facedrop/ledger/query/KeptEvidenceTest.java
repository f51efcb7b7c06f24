package io.facedrop.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptEvidenceTest {
  @ParameterizedTest
  @CsvSource({"20, 1", "20, 2", "100, 1", "100, 2"})
  void restartCostsNothing(double perSecond, long seed) {
    Scenario scenario = Scenario.of(3_000, perSecond, SimulatedDurations.constant(15_000));
    SimulationResult result =
        new Simulation(scenario, Policies.learned(seed), seed)
            .restarting(1_000, (old, now) -> Policies.informed(old, now, now, seed))
            .restarting(2_000, (old, now) -> Policies.informed(old, now, now, seed))
            .run();

    assertThat(result.requestsPerRow(200)).isLessThanOrEqualTo(2.05);
    assertThat(result.tasks()).hasSize(3_000).allMatch(task -> task.ended);
  }

  @Test
  void decisionsAreTheSameAfterARestart() {
    QueryTimes before = large();
    QueryTimes after = Policies.informed(before, 400_000, 400_000, 1);

    assertThat(after.likely(400_000))
        .isCloseTo(before.likely(400_000), Percentage.withPercentage(5));
    assertThat(((LearnedTimes) after).isSearching()).isFalse();
  }

  @Test
  void oldEvidenceIsForgotten() {
    long hours = 400_000 + TimeUnit.HOURS.toMillis(2);

    QueryTimes restarted = Policies.informed(large(), 400_000, hours, 1);
    QueryTimes idle = large();

    assertThat(((LearnedTimes) restarted).isSearching()).isTrue();
    assertThat(idle.likely(400_000)).isGreaterThan(4_000);
    assertThat(idle.likely(hours)).isLessThan(1_000);
  }

  @Test
  void whoKnowsNothingHearsWhatAnotherNodeHasLearnt() {
    LearnedTimes beginner = beginner(399_000);

    beginner.heard(large().evidence(), 400_000, 400_000);

    assertThat(beginner.isSearching()).isFalse();
    assertThat(beginner.likely(400_000))
        .isCloseTo(large().likely(400_000), Percentage.withPercentage(5));
  }

  @Test
  void whatWasLearntBeforeASearchBeganIsNotHeard() {
    LearnedTimes beginner = beginner(400_000);

    beginner.heard(large().evidence(), 400_000, 401_000);

    assertThat(beginner.isSearching()).isTrue();
  }

  @Test
  void whoKnowsGoesByWhatItHasLearntItself() {
    QueryTimes large = large();
    long before = large.likely(400_000);
    Scenario slower = Scenario.of(1_000, 20, SimulatedDurations.constant(15_000));

    large.heard(
        new Simulation(slower, Policies.learned(1), 1).run().times().evidence(), 500_000, 400_000);

    assertThat(large.likely(400_000)).isEqualTo(before);
  }

  private static LearnedTimes beginner(long now) {
    return new LearnedTimes(new TaskDurations(now), new SplittableRandom(1), 900_000, now);
  }

  private static QueryTimes large() {
    Scenario scenario = Scenario.of(1_000, 20, SimulatedDurations.constant(4_000));
    return new Simulation(scenario, Policies.learned(1), 1).run().times();
  }
}
