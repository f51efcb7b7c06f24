package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.ledger.query.ListedAges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListedAgesTest {
  @Test
  void agesAreFollowedAndThenTheInterval() {
    assertThat(punctual(LedgerBench.POLLS).subList(0, 9))
        .containsExactly(2000L, 3000L, 5000L, 8000L, 10_000L, 20_000L, 30_000L, 40_000L, 50_000L);
  }

  @Test
  void lastPollIsAtTheDeadline() {
    List<Long> polls = punctual(schedule(35_500, 10_000, 2000, 3000));

    assertThat(polls).containsExactly(2000L, 3000L, 13_000L, 23_000L, 33_000L, 35_500L);
  }

  @ParameterizedTest
  @CsvSource({
    // asked at, next
    "0,       2000",
    "2400,    3000",
    "2600,    5000",
    "4000,    5000",
    "4001,    8000",
    "9000,    10000",
    "9001,    20000",
    "10000,   20000",
    "15000,   20000",
    "15001,   30000",
    "25000,   30000",
    "25001,   40000",
    "895001,  900000",
    "899999,  900000",
    "900000,  910000",
    "1000000, 1010000",
    "-5000,   2000"
  })
  void pollThatWasLateIsNotFollowedAtItsHeels(long age, long next) {
    assertThat(LedgerBench.POLLS.afterInTime(age, false, 0)).isEqualTo(next);
  }

  @Test
  void taskIsGivenUpFromItsDeadlineOn() {
    assertThat(LedgerBench.POLLS.isOver(899_999)).isFalse();
    assertThat(LedgerBench.POLLS.isOver(900_000)).isTrue();
  }

  @Test
  void deadlineBeforeTheFirstAgeIsTheFirstPoll() {
    ListedAges schedule = schedule(1500, 10_000, 2000);

    assertThat(schedule.likely(0)).isEqualTo(1500);
    assertThat(punctual(schedule)).containsExactly(1500L);
  }

  @Test
  void agesBehindTheDeadlineAreNotWaitedFor() {
    assertThat(punctual(schedule(4000, 10_000, 2000, 3000, 60_000)))
        .containsExactly(2000L, 3000L, 4000L);
  }

  @Test
  void intervalBeginsAtTheLastAge() {
    assertThat(punctual(schedule(4000, 500, 1700, 2000)))
        .containsExactly(1700L, 2000L, 2500L, 3000L, 3500L, 4000L);
  }

  @Test
  void nextPollAlwaysLiesAhead() {
    for (long age = 0; age < 1_000_000; age += 37) {
      assertThat(LedgerBench.POLLS.afterInTime(age, false, 0))
          .as("after %s ms", age)
          .isGreaterThan(age);
    }
  }

  private static ListedAges schedule(long deadline, long interval, long... ages) {
    return new ListedAges(
        LongStream.of(ages).mapToObj(Duration::ofMillis).toList(),
        Duration.ofMillis(interval),
        Duration.ofMillis(deadline));
  }

  /** The ages at which a task is asked for that never ends. */
  private static List<Long> punctual(ListedAges schedule) {
    List<Long> polls = new ArrayList<>();
    long age = schedule.likely(0);
    while (!schedule.isOver(age)) {
      polls.add(age);
      age = schedule.afterInTime(age, false, 0);
    }
    polls.add(age);
    return polls;
  }
}
