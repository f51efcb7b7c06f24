package io.facedrop.ledger.query;

import java.util.LinkedHashMap;
import java.util.Map;

/** Prints requests a row and seconds beside the oracle, the list of ages and a plain poller. */
final class QueryTable {
  private QueryTable() {}

  public static void main(String[] args) {
    System.out.println("| rate | tasks | learned | oracle | list of ages | every 2 s |");
    System.out.println("|---|---|--:|--:|--:|--:|");
    for (double perSecond : new double[] {20, 100}) {
      durations().forEach((name, each) -> print(name, Scenario.of(3_000, perSecond, each)));
    }
  }

  private static Map<String, SimulatedDurations> durations() {
    Map<String, SimulatedDurations> all = new LinkedHashMap<>();
    for (long seconds : new long[] {1, 4, 15, 45}) {
      all.put(seconds + " s", SimulatedDurations.constant(seconds * 1_000));
    }
    for (long seconds : new long[] {4, 15}) {
      for (double sigma : new double[] {0.5, 0.8}) {
        String name = "log-normal, median %d s, sigma %.1f".formatted(seconds, sigma);
        all.put(name, SimulatedDurations.logNormal(seconds * 1_000, sigma));
      }
    }
    all.put("2 s, 15 % of them 20 s", SimulatedDurations.humps(2_000, 20_000, 0.15));
    all.put("4 s rising to 12 s", SimulatedDurations.drift(4_000, 12_000, 3_000));
    all.put("4 s, 3 % never end", SimulatedDurations.constant(4_000).neverEnding(0.03));
    return all;
  }

  private static void print(String name, Scenario scenario) {
    System.out.printf(
        "| %.0f/s | %s | %s | %s | %s | %s |%n",
        scenario.perSecond(),
        name,
        text(new Simulation(scenario, Policies.learned(2), 2).run()),
        text(Policies.oracle(scenario, 2)),
        text(new Simulation(scenario, Policies.list(), 2).run()),
        text(new Simulation(scenario, Policies.everyTwoSeconds(), 2).run()));
  }

  private static String text(SimulationResult result) {
    return "%.2f, %.0f s".formatted(result.requestsPerRow(200), result.seconds());
  }
}
