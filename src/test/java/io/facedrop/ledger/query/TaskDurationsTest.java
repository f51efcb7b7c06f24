package io.facedrop.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TaskDurationsTest {
  private final TaskDurations durations = new TaskDurations(0);

  @Test
  void shareIsTheIsotonicRegression() {
    add(1_000, 8, 10);
    add(2_000, 6, 10);
    add(4_000, 10, 10);

    EndedShare share = durations.share();

    assertThat(share.atLeast(500)).isZero();
    assertThat(share.atLeast(1_000)).isEqualTo(0.7);
    assertThat(share.atLeast(3_000)).isEqualTo(0.7);
    assertThat(share.atLeast(4_000)).isEqualTo(1);
    assertThat(share.age(0.6)).hasValue(1_000);
    assertThat(share.age(0.9)).hasValue(4_000);
    assertThat(share.highestBelow(0.7)).isEqualTo(2_000);
    assertThat(share.highestBelow(0.6)).isZero();
    assertThat(share.weight()).isEqualTo(30);
  }

  @Test
  void fewQueriesDecideNothing() {
    add(1_000, 4, 4);

    assertThat(durations.share().age(0.9)).isEmpty();
  }

  @Test
  void plateauIsSeenWhereWaitingMakesNoDifference() {
    add(4_000, 95, 100);
    assertThat(durations.share().hasPlateau()).isFalse();

    add(8_000, 47, 50);
    assertThat(durations.share().hasPlateau()).isTrue();

    add(8_000, 100, 100);
    assertThat(durations.share().hasPlateau()).isFalse();
  }

  @Test
  void evidenceLosesHalfItsWeightInTenMinutes() {
    add(1_000, 8, 10);
    durations.fade(0);
    double before = durations.share().weight();

    durations.fade(600_000);

    assertThat(durations.share().weight()).isCloseTo(before / 2, within(0.001));
    assertThat(durations.share().atLeast(1_000)).isCloseTo(0.8, within(0.001));
  }

  @Test
  void clockThatGoesBackFadesNothing() {
    add(1_000, 8, 10);
    durations.fade(600_000);
    double before = durations.share().weight();

    durations.fade(0);

    assertThat(durations.share().weight()).isEqualTo(before);
  }

  @Test
  void whatWasKeptIsWhatIsKnown() {
    add(1_000, 8, 10);
    add(7_654, 10, 10);
    durations.addLater(1_000, 3_000, true);

    TaskDurations again = new TaskDurations(durations.evidence(), 0);

    assertThat(again.evidence()).isEqualTo(durations.evidence());
    assertThat(again.share().age(0.9)).hasValue(7_654);
  }

  @Test
  void evidenceIsBounded() {
    for (long age = 0; age < 10_000_000; age += 997) {
      durations.add(age, age % 2 == 0);
    }

    assertThat(durations.evidence()).hasSizeLessThanOrEqualTo(AgeBins.COUNT);
  }

  @Test
  void unknownBinIsRefused() {
    assertThatThrownBy(() -> new Evidence(232, 1, 1, 1, 0, 0))
        .hasMessage("expected a bin from 0 to 231 but found 232");
  }

  @Test
  void stragglersThatNeverEndAreRecognised() {
    Stragglers stragglers = durations.stragglers();
    assertThat(stragglers.shareThatEnds(4_000, false)).isGreaterThan(0.9);

    for (int task = 0; task < 30; task++) {
      durations.addLater(4_000, 100_000, false);
    }

    assertThat(stragglers.shareThatEnds(4_000, false)).isLessThan(0.3);
    assertThat(stragglers.factor(4_000, 0.4)).isGreaterThan(2);
  }

  @Test
  void stragglersThatEndSoonAreAskedSoon() {
    for (int task = 0; task < 30; task++) {
      durations.addLater(4_000, 5_000, true);
    }

    assertThat(durations.stragglers().factor(4_000, 0.4)).isLessThan(1.3);
    assertThat(durations.stragglers().shareThatEnds(4_000, false)).isGreaterThan(0.95);
  }

  private void add(long age, int ended, int asked) {
    IntStream.range(0, asked).forEach(task -> durations.add(age, task < ended));
  }
}
