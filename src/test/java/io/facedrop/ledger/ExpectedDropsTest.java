package io.facedrop.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.expect.Expectation;
import io.facedrop.expect.Schedule;
import io.facedrop.ledger.model.Notice;
import io.facedrop.ledger.model.RejectedManifest;
import io.facedrop.ledger.view.Expected;
import io.facedrop.ledger.view.Expected.State;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** It is Wednesday, 13:14:04. */
class ExpectedDropsTest extends AuditedLedger {
  private static final Instant DEADLINE = Instant.parse("2026-05-28T06:00:00Z");
  private static final Expectation NIGHT =
      new Expectation(
          "night",
          "{,**/}night-*.csv",
          new Schedule(
              LocalTime.of(6, 0), EnumSet.allOf(DayOfWeek.class), ZoneOffset.UTC, Set.of()),
          Duration.ofMinutes(30));

  @BeforeEach
  void begin() {
    bench.ledger.notices().want(true);
    look();
  }

  @Test
  void whatDoesNotComeIsWarnedOfAndThenLateOnceEachAlsoAfterRestarts() {
    at(DEADLINE.minus(Duration.ofMinutes(31)));
    assertThat(look()).isEmpty();
    at(DEADLINE.minus(Duration.ofMinutes(30)));
    assertThat(look()).hasValueSatisfying(it -> assertThat(it.state()).isEqualTo(State.WAITING));
    reopen();
    assertThat(look()).isEmpty();
    at(DEADLINE);
    assertThat(look()).hasValueSatisfying(it -> assertThat(it.state()).isEqualTo(State.LATE));
    reopen();
    assertThat(look()).isEmpty();

    assertThat(told()).containsExactly("manifest expected soon", "manifest expected but late");
  }

  @Test
  void whatCameInTimeIsNotAskedForWhetherItWasAcceptedOrRejected() {
    bench.batch("night-1.csv", List.of("https://a.example/1.jpg"));
    at(DEADLINE);
    look();
    clock.forward(Duration.ofMinutes(1));
    bench
        .ledger
        .notices()
        .rejected(new RejectedManifest("x", "pa/night-2.csv", "RAGGED_ROW", "ragged", 0, "y"));
    at(DEADLINE.plus(Duration.ofDays(1)));
    look();

    assertThat(told()).containsExactly("manifest accepted", "manifest rejected");
  }

  @Test
  void anotherManifestDoesNotDo() {
    bench.batch("day-1.csv", List.of("https://a.example/1.jpg"));
    at(DEADLINE);
    look();

    assertThat(told()).containsExactly("manifest accepted", "manifest expected but late");
  }

  @Test
  void oneThatComesTooLateDoesNotCountForTheNextDay() {
    at(DEADLINE);
    look();
    at(DEADLINE.plus(Duration.ofHours(3)));
    assertThat(state()).isEqualTo(State.LATE);
    bench.batch("night-1.csv", List.of("https://a.example/1.jpg"));
    assertThat(state()).isEqualTo(State.WAITING);
    at(DEADLINE.plus(Duration.ofDays(1)));
    look();

    assertThat(told())
        .containsExactly(
            "manifest expected but late", "manifest accepted", "manifest expected but late");
  }

  @Test
  void oneThatComesNearTheNextDeadlineIsTheNextDays() {
    at(DEADLINE);
    look();
    at(DEADLINE.plus(Duration.ofHours(23)));
    bench.batch("night-1.csv", List.of("https://a.example/1.jpg"));
    assertThat(state()).isEqualTo(State.ARRIVED);
    at(DEADLINE.plus(Duration.ofDays(1)));
    look();

    assertThat(told()).containsExactly("manifest expected but late", "manifest accepted");
  }

  @Test
  void ofDeadlinesThatPassedWhileNothingRanTheLastIsJudged() {
    at(DEADLINE.plus(Duration.ofDays(3)).plus(Duration.ofHours(1)));
    reopen();

    assertThat(look())
        .hasValueSatisfying(
            it -> assertThat(it.deadline()).isEqualTo(DEADLINE.plus(Duration.ofDays(3))));
    assertThat(look()).isEmpty();
  }

  @Test
  void whatWasAcceptedAfterTheStartCountsForADeadlineThatPassedMeanwhile() {
    at(DEADLINE.plus(Duration.ofHours(1)));
    reopen();
    bench.batch("night-1.csv", List.of("https://a.example/1.jpg"));

    assertThat(look()).isEmpty();
  }

  @Test
  void whatWasDueBeforeAnybodyExpectedItIsNobodysFault() {
    Expectation other = new Expectation("other", "*", NIGHT.schedule(), Duration.ZERO);

    assertThat(bench.ledger.notices().lookAt(other)).isEmpty();
    assertThat(bench.ledger.notices().lookAt(other)).isEmpty();
    assertThat(bench.ledger.expected(List.of(other, NIGHT), clock.instant()))
        .extracting(Expected::name, Expected::deadline, Expected::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("other", DEADLINE, State.WAITING),
            org.assertj.core.groups.Tuple.tuple("night", DEADLINE, State.WAITING));
  }

  @Test
  void whatIsExpectedForTheFirstTimeSoonBeforeItsDeadlineIsWarnedOf() {
    Expectation other = new Expectation("other", "*.csv", NIGHT.schedule(), Duration.ofMinutes(30));
    at(DEADLINE.minus(Duration.ofMinutes(10)));

    assertThat(bench.ledger.notices().lookAt(other))
        .hasValueSatisfying(it -> assertThat(it.deadline()).isEqualTo(DEADLINE));
    assertThat(bench.ledger.notices().lookAt(other)).isEmpty();
  }

  @Test
  void whatIsNotExpectedAnyMoreBeginsAnewWhenItIsAgain() {
    bench.ledger.notices().expectOnly(List.of());
    at(DEADLINE.plus(Duration.ofDays(1)));

    assertThat(look()).isEmpty();
    assertThat(look()).isEmpty();
  }

  private State state() {
    return bench.ledger.expected(List.of(NIGHT), clock.instant()).get(0).state();
  }

  private Optional<Expected> look() {
    return bench.ledger.notices().lookAt(NIGHT);
  }

  private void at(Instant moment) {
    clock.forward(Duration.between(clock.instant(), moment));
  }

  private void reopen() {
    bench.close();
    bench = LedgerBench.with(directory, clock);
  }

  private List<String> told() {
    List<String> kinds = new ArrayList<>();
    for (Optional<Notice> next = bench.ledger.notices().next();
        next.isPresent();
        next = bench.ledger.notices().next()) {
      kinds.add(next.get().kind().words());
      bench.ledger.notices().delivered(next.get());
    }
    return kinds;
  }
}
