package io.facedrop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.operator.Speed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RowPaceTest {
  private static final Instant NOW = Instant.parse("2026-11-30T07:00:00Z");
  private static final Hindrance PAUSE = new Hindrance("paused", "429", NOW.plusSeconds(30));

  private final AtomicLong nanos = new AtomicLong();
  private final RowPace pace = new RowPace(rows(0), nanos::get);
  private final AtomicReference<Speed> asked = new AtomicReference<>();

  @Test
  void aPauseIsNoPartOfThePace() {
    after(10, moment(20, Hindrance.NONE, Optional.empty()));
    Moment paused = moment(20, PAUSE, Optional.empty());
    after(60, paused);

    assertThat(pace.elapsed()).isEqualTo(Duration.ofSeconds(70));
    assertThat(pace.rate(paused.tally())).isEqualTo(2.0);
  }

  @Test
  void theTimeOfPausesThatRecurCounts() {
    for (int rows = 1; rows <= 10; rows++) {
      after(1, moment(rows, Hindrance.NONE, Optional.empty()));
      after(4, moment(rows, PAUSE, Optional.empty()));
    }

    assertThat(pace.rate(rows(10))).as("10 rows in 50 s").isEqualTo(0.2);
    left(10, Hindrance.NONE, 8);
    assertThat(asked.get()).as("just begun").isEqualTo(new Speed(0.2, Duration.ZERO, 0.2));
  }

  @Test
  void pausesOneAfterTheOtherRecurAlthoughNothingIsSeenBetweenThem() {
    after(1, moment(6, Hindrance.NONE, Optional.empty()));
    for (int times = 0; times < 300; times++) {
      Hindrance pause = new Hindrance("paused", "429", NOW.plusSeconds(40 * (times / 40)));
      after(1, moment(6, pause, Optional.empty()));
    }

    assertThat(pace.rate(rows(6))).isZero();
  }

  @Test
  void theProbesOfAnOutageAreOneOutage() {
    after(10, moment(20, Hindrance.NONE, Optional.empty()));
    for (int times = 0; times < 100; times++) {
      Hindrance outage = new Hindrance("paused", "outage, last seen: x", NOW.plusSeconds(times));
      after(1, moment(20, outage, Optional.empty()));
    }

    assertThat(pace.rate(rows(20))).isEqualTo(2.0);
  }

  @Test
  void ofPausesThatRecurTheLastTwoMinutesCount() {
    after(300, moment(30, Hindrance.NONE, Optional.empty()));
    for (int times = 0; times < 10; times++) {
      after(3, moment(30 + times, PAUSE, Optional.empty()));
      after(9, moment(31 + times, Hindrance.NONE, Optional.empty()));
    }

    assertThat(pace.rate(rows(40))).isEqualTo(10 / 120.0);
    left(40, Hindrance.NONE, 8);
    assertThat(asked.get()).isEqualTo(new Speed(10 / 120.0, Duration.ofSeconds(300), 0.75));
  }

  @Test
  void aPauseOfLongAgoDoesNotRecur() {
    after(1, moment(1, PAUSE, Optional.empty()));
    after(119, moment(20, Hindrance.NONE, Optional.empty()));
    after(1, moment(20, PAUSE, Optional.empty()));

    assertThat(pace.rate(rows(20))).isEqualTo(20 / 119.0);
    left(20, Hindrance.NONE, 8);
    assertThat(asked.get().openShare()).isEqualTo(1);
    assertThat(asked.get().lead()).as("a pause was there just now").isNegative();
  }

  @Test
  void withoutAPauseTheForecastIsToldTheSpeedOfTheLastTwoMinutes() {
    after(100, moment(0, Hindrance.NONE, Optional.empty()));
    after(60, moment(12, Hindrance.NONE, Optional.empty()));
    after(60, moment(24, Hindrance.NONE, Optional.empty()));

    left(24, Hindrance.NONE, 8);

    assertThat(asked.get()).isEqualTo(new Speed(0.2, Duration.ofSeconds(100), 1));
  }

  @Test
  void nobodyKnowsHowLongTheRestTakesWhileNoRequestCouldBeSent() {
    Function<Speed, Optional<Duration>> forecast = speed -> Optional.of(Duration.ofSeconds(8));
    Tallied sent = new Tallied(100, 0, 0, 0, 1, 0, 0, 1);

    assertThat(pace.left(moment(rows(0), Hindrance.NONE, "", forecast))).isPresent();
    assertThat(pace.left(moment(rows(0), Hindrance.NONE, "refused", forecast))).isEmpty();
    assertThat(pace.left(moment(sent, Hindrance.NONE, "refused", forecast))).isPresent();
  }

  @Test
  void nobodyKnowsHowLongTheRestTakesWhileTheGateIsClosed() {
    Hindrance halt = new Hindrance("halted", "the API refused the key", null);

    assertThat(left(20, Hindrance.NONE, 8)).contains(Duration.ofSeconds(8));
    assertThat(left(20, PAUSE, 8)).as("one pause often follows another").isEmpty();
    assertThat(left(20, halt, 8)).isEmpty();
  }

  @Test
  void nothingIsLeftToSayWhenTheWholeRestShouldHaveEndedAndNoRowHas() {
    after(10, moment(95, Hindrance.NONE, Optional.empty()));
    assertThat(left(95, Hindrance.NONE, 3)).contains(Duration.ofSeconds(3));

    after(5, moment(95, Hindrance.NONE, Optional.empty()));
    assertThat(left(95, Hindrance.NONE, 3)).contains(Duration.ofSeconds(3));
    after(1, moment(95, PAUSE, Optional.empty()));
    assertThat(left(95, Hindrance.NONE, 3)).isEmpty();
    assertThat(left(95, Hindrance.NONE, 45)).as("it was promised before").isEmpty();

    after(1, moment(96, Hindrance.NONE, Optional.empty()));
    assertThat(left(96, Hindrance.NONE, 45)).contains(Duration.ofSeconds(45));
  }

  @Test
  void nothingIsLeftToSayWhenNoRowHasEndedForLong() {
    after(60, moment(0, Hindrance.NONE, Optional.empty()));
    assertThat(left(0, Hindrance.NONE, 300)).contains(Duration.ofMinutes(5));
    assertThat(left(0, Hindrance.NONE, 3_600)).contains(Duration.ofHours(1));

    after(1, moment(0, Hindrance.NONE, Optional.empty()));
    assertThat(left(0, Hindrance.NONE, 300)).isEmpty();
  }

  @Test
  void slowRowsMayTakeTheirTime() {
    after(300, moment(0, Hindrance.NONE, Optional.empty()));

    assertThat(left(0, Hindrance.NONE, 3_600)).contains(Duration.ofHours(1));
  }

  private Optional<Duration> left(long succeeded, Hindrance hindrance, int seconds) {
    return pace.left(moment(succeeded, hindrance, Optional.of(Duration.ofSeconds(seconds))));
  }

  private void after(int seconds, Moment now) {
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
    pace.see(now);
  }

  private static Tallied rows(long succeeded) {
    return new Tallied(100, succeeded, 0, 0, 0, 0, 0, 1);
  }

  private Moment moment(long succeeded, Hindrance hindrance, Optional<Duration> forecast) {
    return moment(
        rows(succeeded),
        hindrance,
        "",
        speed -> {
          asked.set(speed);
          return forecast;
        });
  }

  private static Moment moment(
      Tallied tally,
      Hindrance hindrance,
      String failure,
      Function<Speed, Optional<Duration>> forecast) {
    return new Moment(NOW, tally, false, hindrance, failure, forecast);
  }
}
