package io.facedrop.command.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RowPaceTest {
  private static final Instant NOW = Instant.parse("2026-11-30T07:00:00Z");
  private static final Hindrance PAUSE = new Hindrance("paused", "429", NOW.plusSeconds(30));

  private final AtomicLong nanos = new AtomicLong();
  private final RowPace pace = new RowPace(rows(0), nanos::get);

  @Test
  void aPauseIsNoPartOfThePace() {
    after(10, moment(20, Hindrance.NONE, Optional.empty()));
    Moment paused = moment(20, PAUSE, Optional.empty());
    after(60, paused);

    assertThat(pace.elapsed()).isEqualTo(Duration.ofSeconds(70));
    assertThat(pace.rate(paused.tally())).isEqualTo(2.0);
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

  private static Moment moment(long succeeded, Hindrance hindrance, Optional<Duration> forecast) {
    return new Moment(NOW, rows(succeeded), false, hindrance, "", () -> forecast);
  }
}
