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
  void aPauseIsNoPartOfThePaceAndAddsToWhatIsLeft() {
    after(10, moment(20, Hindrance.NONE, Optional.empty()));
    Moment paused = moment(20, PAUSE, Optional.empty());
    after(60, paused);

    assertThat(pace.elapsed()).isEqualTo(Duration.ofSeconds(70));
    assertThat(pace.rate(paused.tally())).isEqualTo(2.0);
    assertThat(pace.left(paused)).contains(Duration.ofSeconds(30 + 40));
  }

  @Test
  void aPauseAddsToTheForecast() {
    assertThat(pace.left(moment(20, PAUSE, Optional.of(Duration.ofSeconds(8)))))
        .contains(Duration.ofSeconds(38));
  }

  @Test
  void nobodyKnowsHowLongAHaltLasts() {
    Hindrance halt = new Hindrance("halted", "the API refused the key", null);

    assertThat(pace.left(moment(20, halt, Optional.of(Duration.ofSeconds(8))))).isEmpty();
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
