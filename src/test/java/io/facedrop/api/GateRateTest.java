package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.GateSimulation.Weather;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens, no second has more than the rate and one (or 20 ms of the rate), and ten
 * seconds after the gate has reopened the rate is used again.
 */
class GateRateTest {
  private static final long SECOND = GateSimulation.SECOND;
  private static final double[] RATES = {0.5, 1, 2, 3, 5, 7, 10, 20, 50, 100, 300};
  private static final int RUNS = Integer.getInteger("gate.runs", 60);
  private static final long SEED = Long.getLong("gate.seed", System.nanoTime());

  @ParameterizedTest
  @EnumSource(Weather.class)
  void theRateComesBackAfter(Weather weather) {
    for (double rate : RATES) {
      Random random = new Random(SEED ^ Double.hashCode(rate));
      GateSimulation simulation = new GateSimulation(random, rate);
      simulation.pass(20 * SECOND);
      bad(simulation, weather, 8 * SECOND + random.nextInt(60) * SECOND);

      comesBack(simulation, SEED, List.of(weather));
    }
  }

  @Test
  void theRateComesBackAfterAnySequenceOfFaults() {
    for (int run = 0; run < RUNS; run++) {
      long seed = SEED + run;
      Random random = new Random(seed);
      GateSimulation simulation = new GateSimulation(random, RATES[random.nextInt(RATES.length)]);
      List<Weather> weathers =
          random
              .ints(1 + random.nextInt(8), 0, Weather.values().length)
              .mapToObj(ordinal -> Weather.values()[ordinal])
              .toList();
      for (Weather weather : weathers) {
        bad(simulation, weather, (long) (random.nextDouble() * 90 * SECOND));
        simulation.weather(Weather.FAIR);
        simulation.pass((long) (random.nextDouble() * 10 * SECOND));
        if (random.nextInt(5) == 0) {
          simulation.store.resume();
        }
      }

      comesBack(simulation, seed, weathers);
    }
  }

  @Test
  void eachOfTwoRatesComesBackAndIsKept() {
    for (int run = 0; run < RUNS; run++) {
      long seed = SEED + run;
      Random random = new Random(seed);
      double creates = RATES[random.nextInt(RATES.length)];
      double queries = RATES[random.nextInt(RATES.length)];
      GateSimulation simulation = new GateSimulation(random, creates, queries);
      Weather weather = Weather.values()[random.nextInt(Weather.values().length)];
      bad(simulation, weather, (long) (random.nextDouble() * 60 * SECOND));
      String what = "seed " + seed + ", " + creates + " and " + queries + "/s after " + weather;

      opens(simulation, what);
      simulation.pass(10 * SECOND);
      int created = simulation.departures.size();
      int queried = simulation.queries.size();
      simulation.pass((long) (Math.max(1.2, 110 / Math.min(creates, queries)) * SECOND));

      isUsed(simulation.departures, created, Math.max(100, (int) creates), creates, what);
      isUsed(simulation.queries, queried, Math.max(100, (int) queries), queries, what);
      noSecondHasMoreThanItsShare(simulation.departures, creates, what);
      noSecondHasMoreThanItsShare(simulation.queries, queries, what);
    }
  }

  private static void bad(GateSimulation simulation, Weather weather, long nanos) {
    simulation.weather(weather);
    simulation.pass(nanos);
  }

  private static void comesBack(GateSimulation simulation, long seed, List<Weather> weathers) {
    String what = "seed " + seed + ", " + simulation.perSecond + "/s after " + weathers;
    opens(simulation, what);
    simulation.pass(10 * SECOND);
    int first = simulation.departures.size();
    simulation.pass((long) (110 * SECOND / simulation.perSecond));

    isUsed(simulation.departures, first, 100, simulation.perSecond, what);
    noSecondHasMoreThanItsShare(simulation.departures, simulation.perSecond, what);
  }

  private static void opens(GateSimulation simulation, String what) {
    simulation.weather(Weather.FAIR);
    long patience = simulation.now() + 24 * 3_600 * SECOND;
    while (simulation.gate.state().isClosed() && simulation.now() < patience) {
      simulation.pass(SECOND / 10);
    }
    assertThat(simulation.gate.state().isClosed()).as("closed: " + what).isFalse();
  }

  /**
   * Of 100 requests a handshake moves one over each edge, and permits that find no row cost some.
   */
  private static void isUsed(
      List<Long> departures, int first, int requests, double perSecond, String what) {
    assertThat(departures).as(what).hasSizeGreaterThan(first + requests);
    long took = departures.get(first + requests) - departures.get(first);
    assertThat((double) requests * SECOND / took / perSecond).as(what).isGreaterThan(0.95);
  }

  private static void noSecondHasMoreThanItsShare(List<Long> all, double perSecond, String what) {
    int most = (int) Math.floor(Math.max(perSecond + 1, perSecond * 1.02));
    for (int first = 0; first + most < all.size(); first++) {
      assertThat(all.get(first + most) - all.get(first))
          .as("%s: request %s and the %sth after it", what, first, most)
          .isGreaterThanOrEqualTo(SECOND);
    }
  }
}
