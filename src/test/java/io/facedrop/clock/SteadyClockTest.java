package io.facedrop.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {
  private static final Instant START = Instant.parse("2026-05-27T13:14:04Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final SettableClock machine = new SettableClock(START);
  private final AtomicLong nanos = new AtomicLong(-42);
  private final SteadyClock clock = new SteadyClock(machine, nanos::get);

  @Test
  void goesWithTheMachine() {
    pass(Duration.ofMillis(1500));

    assertThat(clock.instant()).isEqualTo(machine.instant()).isEqualTo(START.plusMillis(1500));
    assertThat(clock.millis()).isEqualTo(START.plusMillis(1500).toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(longs = {3600, -3600, 30, -30, 86_400L * 365})
  void doesNotJumpWithTheMachine(long seconds) {
    clock.millis();
    machine.forward(Duration.ofSeconds(seconds));

    assertThat(clock.instant()).isEqualTo(START);
    pass(Duration.ofSeconds(10));
    assertThat(clock.instant()).isEqualTo(START.plusSeconds(seconds > 0 ? 11 : 9));
  }

  @ParameterizedTest
  @ValueSource(longs = {3600, -3600})
  void isRightAgainTenTimesAsLongAfterwards(long seconds) {
    machine.forward(Duration.ofSeconds(seconds));

    Instant last = clock.instant();
    for (int i = 0; i < 601; i++) {
      assertThat(clock.instant()).isNotEqualTo(machine.instant()).isAfterOrEqualTo(last);
      last = clock.instant();
      pass(Duration.ofMinutes(1));
      if (i == 599) {
        assertThat(clock.instant()).isEqualTo(machine.instant());
        return;
      }
    }
  }

  @Test
  void nanosecondsOnEndNeverTakeItBack() {
    machine.forward(HOUR.negated());

    long last = clock.millis();
    for (int i = 0; i < 1000; i++) {
      nanos.addAndGet(7);
      assertThat(clock.millis()).isGreaterThanOrEqualTo(last);
      last = clock.millis();
    }
  }

  @Test
  void earliestIsTheSameMomentWhileBothClocksAgree() {
    long sent = clock.millis();
    pass(Duration.ofSeconds(9));

    assertThat(clock.earliest(sent)).isEqualTo(sent);
  }

  @Test
  void earliestIsTheSameMomentWhenTheMachineWasPutForward() {
    long sent = clock.millis();
    machine.forward(HOUR);
    pass(Duration.ofSeconds(9));

    assertThat(clock.earliest(sent)).isEqualTo(sent);
  }

  @Test
  void earliestIsNeverLaterThanTheMachineSaysAfterItWasPutBack() {
    long sent = clock.millis();
    pass(Duration.ofSeconds(9));
    machine.forward(HOUR.negated());
    long truth = sent - HOUR.toMillis();

    assertThat(clock.earliest(sent)).isBetween(truth - 1001, truth);
    pass(Duration.ofMinutes(30));
    assertThat(clock.earliest(sent)).isBetween(truth - Duration.ofMinutes(4).toMillis(), truth);
    long later = clock.millis();
    long machines = machine.millis();
    pass(Duration.ofMinutes(9));
    assertThat(clock.earliest(later)).isBetween(machines - 1000, machines);
  }

  @Test
  void earliestOfTheFutureIsNow() {
    assertThat(clock.earliest(START.plus(HOUR).toEpochMilli())).isEqualTo(START.toEpochMilli());
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    machine.forward(time);
  }
}
