package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several nodes that share a rate, in made-up time. */
class SharedPaceTest {
  private static final long SECOND = MadeUpTime.SECOND;
  private static final int RUNS = Integer.getInteger("gate.runs", 20);

  private final long seed = Long.getLong("gate.seed", System.nanoTime());
  private Random random;
  private MadeUpTime time;
  private SharedRate rate;
  private List<Long> departures;
  private long clockAhead;

  @BeforeEach
  void begin() {
    begin(0);
  }

  private void begin(int run) {
    random = new Random(seed + run);
    time = new MadeUpTime();
    clockAhead = 1_780_000_000_000_000L;
    rate = new SharedRate(() -> time.now() / 1_000 + clockAhead);
    departures = new ArrayList<>();
  }

  private PaceNode node(double perSecond) {
    return new PaceNode(random, time, perSecond, rate, 4, 3, departures);
  }

  /** More than enough for the rate. */
  private static int enough(double perSecond) {
    return 4 + (int) (perSecond * 0.4);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 1, 2, 3, 7, 10, 20, 60, 100, 300, 1000})
  void threeBusyNodesUseTheRateTogether(double perSecond) {
    List<PaceNode> nodes = List.of(node(perSecond), node(perSecond), node(perSecond));
    nodes.forEach(node -> node.works(enough(perSecond)));
    time.pass(2 * SECOND);

    isUsed(perSecond, "three busy");
    noSecondHasMoreThanTheRate(perSecond, "three busy");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 1, 2, 3, 7, 10, 20, 60, 100, 300, 1000})
  void theOnlyBusyNodeOfThreeUsesTheRateAlone(double perSecond) {
    PaceNode busy = node(perSecond);
    List<PaceNode> idle = List.of(node(perSecond), node(perSecond));
    busy.works(enough(perSecond));
    time.pass(2 * SECOND);

    isUsed(perSecond, "one busy");
    noSecondHasMoreThanTheRate(perSecond, "one busy");
    assertThat(idle).allMatch(node -> node.reserved() == 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1, 2, 10, 60, 300, 1000})
  void twoSecondsAfterADeathTheOthersUseTheRateOfAll(double perSecond) {
    List<PaceNode> nodes = List.of(node(perSecond), node(perSecond), node(perSecond));
    nodes.forEach(node -> node.works(enough(perSecond)));
    time.pass(5 * SECOND);
    nodes.get(0).dies();
    time.pass((long) (Math.max(2, 2 / perSecond) * SECOND));

    isUsed(perSecond, "after a death");
    noSecondHasMoreThanTheRate(perSecond, "after a death");
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 10, 60, 300})
  void tenNodesAllComeToTheirTurn(double perSecond) {
    List<PaceNode> nodes = new ArrayList<>();
    for (int count = 0; count < 10; count++) {
      nodes.add(node(perSecond));
      nodes.get(count).works(enough(perSecond));
    }
    time.pass((long) (500 / perSecond * SECOND) + 5 * SECOND);

    assertThat(nodes).allMatch(node -> node.sent() >= 5);
    isUsed(perSecond, "ten busy");
    noSecondHasMoreThanTheRate(perSecond, "ten busy");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.5, 1, 2, 3, 7, 10, 20, 60, 100, 300, 1000})
  void noSecondHasMoreThanTheRateWhateverComesAndGoes(double perSecond) {
    for (int run = 0; run < RUNS; run++) {
      begin(run);
      List<PaceNode> nodes = new ArrayList<>();
      for (int step = 0; step < 30; step++) {
        switch (random.nextInt(6)) {
          case 0, 1 ->
              nodes.add(
                  new PaceNode(
                      random,
                      time,
                      perSecond,
                      rate,
                      random.nextDouble() * 5,
                      random.nextDouble() * 60,
                      departures));
          case 2 -> any(nodes).forEach(PaceNode::dies);
          case 3 -> any(nodes).forEach(PaceNode::rests);
          default -> any(nodes).forEach(node -> node.works(1 + random.nextInt(30)));
        }
        rate.away(random.nextInt(12) == 0);
        time.pass((long) (random.nextDouble() * Math.max(1, 2 / perSecond) * SECOND));
      }
      noSecondHasMoreThanTheRate(perSecond, "run " + run);
    }
  }

  private List<PaceNode> any(List<PaceNode> nodes) {
    return nodes.isEmpty() ? List.of() : List.of(nodes.get(random.nextInt(nodes.size())));
  }

  @Test
  void nothingGoesWhileTheDatabaseIsAwayAndAllGoesOnByItself() {
    PaceNode node = node(60);
    node.works(30);
    time.pass(3 * SECOND);
    rate.away(true);
    time.pass(2 * SECOND);
    int before = departures.size();
    time.pass(60 * SECOND);
    assertThat(departures).hasSize(before);

    rate.away(false);
    time.pass(2 * SECOND);

    isUsed(60, "after an outage");
  }

  @Test
  void aSlowRoundTripOnlyCostsTime() {
    PaceNode far = new PaceNode(random, time, 10, rate, 60, 1, departures);
    far.works(8);
    time.pass(5 * SECOND);

    isUsed(10, "far away");
  }

  @Test
  void aLoneRequestFromFarAwayDoesDepart() {
    PaceNode far = new PaceNode(random, time, 10, rate, 300, 1, departures);
    far.works(1);
    time.pass(10 * SECOND);

    assertThat(departures).hasSizeGreaterThan(5);
  }

  @Test
  void aDatabaseWhoseClockIsSetBackStopsNothing() {
    PaceNode node = node(60);
    node.works(30);
    time.pass(3 * SECOND);
    clockAhead -= 3_600_000_000L;
    time.pass(4 * SECOND);

    isUsed(60, "set back");
  }

  private void isUsed(double perSecond, String what) {
    int first = departures.size();
    long start = time.now();
    long span = (long) Math.max(10 * SECOND, 300 * SECOND / perSecond);
    time.pass(span);
    double used = (departures.size() - first) / (perSecond * (time.now() - start) / SECOND);
    assertThat(used).as("used of %s/s, %s, seed %s", perSecond, what, seed).isGreaterThan(0.97);
  }

  /** Of a rate below one a second: no interval has more than one. */
  private void noSecondHasMoreThanTheRate(double perSecond, String what) {
    int most = (int) Math.max(1, perSecond);
    long span = (long) Math.max(SECOND, SECOND / perSecond);
    for (int first = 0; first + most < departures.size(); first++) {
      assertThat(departures.get(first + most) - departures.get(first))
          .as(
              "%s/s, %s: departure %s and the %sth after, seed %s",
              perSecond, what, first, most, seed)
          .isGreaterThanOrEqualTo(span);
    }
  }
}
