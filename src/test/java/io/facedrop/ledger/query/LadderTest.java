package io.facedrop.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LadderTest {
  private static final long HIGHEST = 900_000;
  private final Ladder ladder = new Ladder(Ladder.FIRST, 0, HIGHEST);

  @Test
  void eachQueryRaisesTheAgeAtOnce() {
    ladder.handedOut();
    assertThat(ladder.age()).isEqualTo(500);
    ladder.handedOut();
    assertThat(ladder.age()).isEqualTo(1_000);
    ladder.handedOut();
    assertThat(ladder.age()).isEqualTo(1_800);
  }

  @Test
  void stepsAreAtMostAFifthOrASecond() {
    for (long age = 0; age < HIGHEST; age += 7) {
      assertThat(Ladder.above(age) - age).isBetween(250L, Math.max(1_000, age / 5));
    }
  }

  @Test
  void endedTaskTakesTheRaiseBackAndPermitsTwo() {
    ladder.handedOut();
    ladder.found(250, true);
    assertThat(ladder.age()).isEqualTo(250);

    ladder.handedOut();
    ladder.handedOut();
    assertThat(ladder.age()).isEqualTo(250);
    ladder.handedOut();
    assertThat(ladder.age()).isEqualTo(500);
  }

  @Test
  void unfinishedTaskRaisesItForGood() {
    ladder.handedOut();
    ladder.handedOut();
    ladder.found(500, false);
    ladder.found(250, true);

    assertThat(ladder.age()).isEqualTo(1_000);
    assertThat(ladder.endedInARow()).isZero();
  }

  @Test
  void manyThatEndedMakeOneThatDidNotWeighLess() {
    Ladder high = new Ladder(10_000, 0, HIGHEST);
    for (int task = 0; task < 10; task++) {
      high.found(10_000, true);
    }
    high.found(10_000, false);

    assertThat(high.age()).isEqualTo(10_600);
  }

  @Test
  void queryThatFailedIsNoStep() {
    ladder.handedOut();
    ladder.failed(250);
    assertThat(ladder.age()).isEqualTo(250);

    ladder.handedOut();
    assertThat(ladder.age()).isEqualTo(250);
    ladder.handedOut();
    assertThat(ladder.age()).isEqualTo(500);
  }

  @Test
  void ageIsBounded() {
    for (int query = 0; query < 200; query++) {
      ladder.handedOut();
      ladder.found(HIGHEST + query, false);
    }

    assertThat(ladder.age()).isEqualTo(HIGHEST);
  }
}
