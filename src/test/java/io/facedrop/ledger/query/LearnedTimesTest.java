package io.facedrop.ledger.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LearnedTimesTest {
  private final LearnedTimes times = learned(Scenario.QUARTER);

  @Test
  void nothingIsDatedWhileNothingIsKnown() {
    assertThat(times.isSearching()).isTrue();
    assertThat(times.first(false, 0)).isEmpty();
    assertThat(times.first(true, 0)).isEmpty();
    assertThat(times.likely(0)).isEqualTo(250);
    assertThat(times.early(0)).isEqualTo(250);
  }

  @Test
  void nextQueryIsAtMostFiveMinutesLaterAndAlwaysLater() {
    for (long age = 0; age < 2_000_000; age += 997) {
      assertThat(times.after(age, false, 0)).isBetween(age + 1, age + 300_000);
      assertThat(times.after(age, true, 0)).isBetween(age + 1, age + 300_000);
    }
  }

  @Test
  void firstQueryIsAtTheLatestAtTheDeadline() {
    LearnedTimes brief = learned(5_000);
    for (int query = 0; query < 100; query++) {
      long age = brief.likely(query);
      brief.handedOut(age);
      brief.found(0, age, false, -1, query);
    }

    assertThat(brief.likely(1_000)).isEqualTo(5_000);
  }

  @Test
  void tenUnfinishedTasksContradictEverythingThatIsKnown() {
    for (int query = 0; query < 500; query++) {
      times.found(0, 2_000, true, -1, query);
    }
    assertThat(times.likely(600)).isEqualTo(2_000);

    for (int query = 0; query < 10; query++) {
      times.found(0, 2_000, false, -1, 600);
    }

    assertThat(times.likely(600)).isGreaterThan(2_300);
    assertThat(times.isSearching()).isTrue();
  }

  @Test
  void pioneersAreFew() {
    for (int query = 0; query < 100; query++) {
      times.found(0, 2_000, true, -1, query);
    }
    long dated = 0;
    for (int task = 0; task < 10_000; task++) {
      dated += times.first(false, 1_000).isPresent() ? 1 : 0;
    }

    assertThat(dated).isBetween(100L, 200L);
  }

  private static LearnedTimes learned(long deadline) {
    return new LearnedTimes(new TaskDurations(0), new SplittableRandom(1), deadline, 0);
  }
}
