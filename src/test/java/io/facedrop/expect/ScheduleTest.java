package io.facedrop.expect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);

  /** Clocks there change at midnight, by half an hour, far from UTC, or not at all. */
  private static final List<String> ZONES =
      List.of(
          "UTC",
          "Europe/Berlin",
          "America/Sao_Paulo",
          "America/Havana",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "Pacific/Kiritimati",
          "Asia/Kathmandu",
          "America/New_York");

  @Test
  void aTimeThatTheClocksLeaveOutIsAnHourLater() {
    Schedule schedule = new Schedule(LocalTime.of(2, 30), DAILY, BERLIN, Set.of());

    assertThat(schedule.deadline(LocalDate.parse("2026-03-29")))
        .contains(Instant.parse("2026-03-29T01:30:00Z"));
  }

  @Test
  void ofATimeThatComesTwiceTheFirstCounts() {
    Schedule schedule = new Schedule(LocalTime.of(2, 30), DAILY, BERLIN, Set.of());

    assertThat(schedule.deadline(LocalDate.parse("2026-10-25")))
        .contains(Instant.parse("2026-10-25T00:30:00Z"));
  }

  @Test
  void aDateThatAZoneLeavesOutHasItsDeadlineOnTheNext() {
    Schedule schedule =
        new Schedule(LocalTime.of(6, 0), DAILY, ZoneId.of("Pacific/Apia"), Set.of());

    assertThat(schedule.next(Instant.parse("2011-12-29T16:00:00Z")))
        .contains(Instant.parse("2011-12-30T16:00:00Z"));
  }

  @Test
  void whatIsNeverExpectedHasNoDeadline() {
    Schedule schedule =
        new Schedule(LocalTime.NOON, EnumSet.noneOf(DayOfWeek.class), BERLIN, Set.of());

    assertThat(schedule.next(Instant.EPOCH)).isEmpty();
    assertThat(schedule.last(Instant.EPOCH)).isEmpty();
  }

  @Test
  void deadlinesAreThoseThatAnOracleFindsDayByDay() {
    long seed = Long.getLong("schedule.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      Schedule schedule = schedule(random);
      Instant moment =
          LocalDate.of(2009 + random.nextInt(20), 1, 1)
              .plusDays(random.nextInt(365))
              .atTime(random.nextInt(24), random.nextInt(60))
              .atZone(schedule.zone())
              .toInstant();
      TreeSet<Instant> all = oracle(schedule, moment);

      assertThat(schedule.next(moment))
          .as("next after %s of %s, schedule.seed=%d", moment, schedule, seed)
          .isEqualTo(Optional.ofNullable(all.higher(moment)));
      assertThat(schedule.last(moment))
          .as("last before %s of %s, schedule.seed=%d", moment, schedule, seed)
          .isEqualTo(Optional.ofNullable(all.lower(moment)));
    }
  }

  private static Schedule schedule(Random random) {
    Set<DayOfWeek> days = EnumSet.of(DayOfWeek.of(1 + random.nextInt(7)));
    for (DayOfWeek day : DayOfWeek.values()) {
      if (random.nextBoolean()) {
        days.add(day);
      }
    }
    LocalTime by =
        random.nextInt(3) == 0
            ? List.of(LocalTime.MIDNIGHT, LocalTime.of(2, 30), LocalTime.of(23, 59))
                .get(random.nextInt(3))
            : LocalTime.of(random.nextInt(24), random.nextInt(60));
    Set<LocalDate> except = new TreeSet<>();
    for (int i = random.nextInt(20); i > 0; i--) {
      except.add(LocalDate.of(2009 + random.nextInt(20), 1, 1).plusDays(random.nextInt(365)));
    }
    return new Schedule(by, days, ZoneId.of(ZONES.get(random.nextInt(ZONES.size()))), except);
  }

  /** Every deadline of the weeks around, minute by minute where the clocks change. */
  private static TreeSet<Instant> oracle(Schedule schedule, Instant moment) {
    TreeSet<Instant> all = new TreeSet<>();
    List<LocalDate> dates = new ArrayList<>();
    LocalDate.ofInstant(moment, schedule.zone())
        .minusDays(60)
        .datesUntil(LocalDate.ofInstant(moment, schedule.zone()).plusDays(60))
        .forEach(dates::add);
    for (LocalDate date : dates) {
      if (schedule.days().contains(date.getDayOfWeek()) && !schedule.except().contains(date)) {
        all.add(instant(date, schedule));
      }
    }
    return all;
  }

  /** The first moment at which a clock on the wall there shows the time, or has jumped over it. */
  private static Instant instant(LocalDate date, Schedule schedule) {
    java.time.LocalDateTime wall = date.atTime(schedule.by());
    Duration shift =
        Optional.ofNullable(schedule.zone().getRules().getTransition(wall))
            .filter(change -> change.isGap())
            .map(change -> change.getDuration())
            .orElse(Duration.ZERO);
    java.time.ZoneOffset offset =
        schedule.zone().getRules().getValidOffsets(wall.plus(shift)).get(0);
    return wall.plus(shift).toInstant(offset);
  }
}
