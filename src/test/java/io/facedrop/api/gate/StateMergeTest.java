package io.facedrop.api.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.GateState.Halt;
import io.facedrop.api.gate.GateState.Outage;
import io.facedrop.api.gate.GateState.Pause;
import io.facedrop.api.gate.GateState.Reach;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two processes change the state of a gate at once. */
class StateMergeTest {
  private static final GateState OPEN = GateState.NEW.withProof();
  private static final GateState PAUSED = OPEN.with(new Pause(100, "code 429", 1));
  private static final GateState PAUSED_LATER = OPEN.with(new Pause(200, "code 455", 2));
  private static final GateState HALTED = OPEN.with(new Halt(401, "key", false, 10, 40));
  private static final GateState NO_CREDITS = OPEN.with(new Halt(402, "poor", true, 11, 90));
  private static final GateState REFUSED_AGAIN = OPEN.with(new Halt(401, "key", false, 10, 70));
  private static final GateState OUT = OPEN.with(Reach.CREATE, new Outage("500", false, 1, 50, 0));

  private static GateState merged(
      GateState before, GateState mine, boolean closes, GateState others) {
    return new StateMerge(before, mine, closes).onto(others);
  }

  @Test
  void whatOnlyOneHasChangedStands() {
    assertThat(merged(OPEN, PAUSED, true, OPEN)).isEqualTo(PAUSED);
    assertThat(merged(OPEN, OPEN, false, PAUSED)).isEqualTo(PAUSED);
    assertThat(merged(HALTED, OPEN, false, HALTED)).isEqualTo(OPEN);
    assertThat(merged(HALTED, HALTED, false, OPEN)).isEqualTo(OPEN);
  }

  @Test
  void changesOfTwoPartsStandBesideEachOther() {
    assertThat(merged(OPEN, PAUSED, true, HALTED)).isEqualTo(HALTED.with(PAUSED.pause()));
    assertThat(merged(OPEN, HALTED, true, PAUSED)).isEqualTo(HALTED.with(PAUSED.pause()));
    assertThat(merged(OPEN, OUT, true, PAUSED).outages()).isEqualTo(OUT.outages());
  }

  @Test
  void ofTwoPausesTheLaterStandsWhoeverIsFirst() {
    assertThat(merged(OPEN, PAUSED, true, PAUSED_LATER)).isEqualTo(PAUSED_LATER);
    assertThat(merged(OPEN, PAUSED_LATER, true, PAUSED)).isEqualTo(PAUSED_LATER);
    assertThat(merged(PAUSED, PAUSED_LATER, true, PAUSED)).isEqualTo(PAUSED_LATER);
  }

  @Test
  void ofTwoHaltsTheOneThatStopsMoreStands() {
    assertThat(merged(OPEN, NO_CREDITS, true, HALTED)).isEqualTo(HALTED);
    assertThat(merged(OPEN, HALTED, true, NO_CREDITS)).isEqualTo(HALTED);
  }

  @Test
  void proofIsNeverLost() {
    assertThat(merged(GateState.NEW, OPEN, false, GateState.NEW).proven()).isTrue();
    assertThat(merged(GateState.NEW, GateState.NEW, false, OPEN).proven()).isTrue();
  }

  @Test
  void anOpeningDoesNotUndoWhatSomebodyElseClosedMeanwhile() {
    assertThat(merged(PAUSED, OPEN, false, PAUSED_LATER)).isEqualTo(PAUSED_LATER);
    assertThat(merged(HALTED, OPEN, false, REFUSED_AGAIN)).isEqualTo(REFUSED_AGAIN);
    assertThat(merged(HALTED, OPEN, false, HALTED.with(PAUSED.pause()))).isEqualTo(PAUSED);
  }

  @Test
  void aResumeStandsUnlessSomethingHasClosedTheGateSince() {
    assertThat(merged(HALTED, REFUSED_AGAIN, false, OPEN)).isEqualTo(OPEN);
    assertThat(merged(HALTED, NO_CREDITS, true, OPEN)).isEqualTo(NO_CREDITS);
    assertThat(merged(PAUSED, PAUSED_LATER, true, OPEN)).isEqualTo(PAUSED_LATER);
  }

  /** Whatever is news that closes is closed afterwards, for at least as long. */
  @Test
  void noNewsOfAClosingIsLostInAnyOrderOfMerges() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int run = 0; run < 20_000; run++) {
      GateState before = any(random);
      List<GateState> news = new ArrayList<>();
      GateState kept = before;
      for (int node = 0; node < 3; node++) {
        GateState closed = closed(before, random);
        news.add(closed);
        kept = merged(before, closed, true, kept);
      }
      for (GateState closed : news) {
        assertThat(kept.pause().until())
            .as("seed %s, run %s", seed, run)
            .isGreaterThanOrEqualTo(closed.pause().until());
        assertThat(kept.halted() || !closed.halted()).as("seed %s, run %s", seed, run).isTrue();
        assertThat(kept.outages().keySet()).containsAll(closed.outages().keySet());
        assertThat(kept.proven() || !closed.proven()).isTrue();
      }
    }
  }

  /** More closed than a state, and no part of it less. */
  private static GateState closed(GateState before, Random random) {
    long later = before.pause().until() + 1 + random.nextInt(100);
    return switch (random.nextInt(3)) {
      case 0 -> before.with(new Pause(later, "code 429", random.nextInt(5)));
      case 1 -> before.with(new Halt(401 + random.nextInt(3), "m", random.nextBoolean(), 1, later));
      default ->
          before.with(
              Reach.values()[random.nextInt(3)],
              new Outage("out", random.nextBoolean(), 1, later, random.nextInt(9)));
    };
  }

  private static GateState any(Random random) {
    GateState state = random.nextBoolean() ? OPEN : GateState.NEW;
    return random.nextInt(3) == 0 ? closed(state, random) : state;
  }
}
