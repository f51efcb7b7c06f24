package io.facedrop.ledger.query;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** What is compared. */
final class Policies {
  private Policies() {}

  /** Knows nothing at the start. */
  static QueryTimes learned(long seed) {
    return learned(seed, Scenario.QUARTER);
  }

  static QueryTimes learned(long seed, long deadline) {
    return new LearnedTimes(new TaskDurations(0), new SplittableRandom(seed), deadline, 0);
  }

  /** Knows what another has learnt, kept before the simulation begins. */
  static QueryTimes informed(QueryTimes by, long keptAt, long now, long seed) {
    List<Evidence> kept = ((LearnedTimes) by).evidence();
    return new LearnedTimes(
        new TaskDurations(kept, keptAt), new SplittableRandom(seed), Scenario.QUARTER, now);
  }

  /** The default before anything was learnt. */
  static QueryTimes list() {
    return listed(10, 2, 3, 5, 8, 10);
  }

  /** What a straightforward client does. */
  static QueryTimes everyTwoSeconds() {
    return listed(2, 2);
  }

  private static QueryTimes listed(long interval, long... ages) {
    return new ListedAges(
        LongStream.of(ages).mapToObj(Duration::ofSeconds).toList(),
        Duration.ofSeconds(interval),
        Duration.ofMillis(Scenario.QUARTER));
  }

  static SimulationResult oracle(Scenario scenario, long seed) {
    return new Simulation(scenario, new Oracle(scenario.deadline()), seed).run();
  }
}
