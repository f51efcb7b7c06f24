package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {
  @ParameterizedTest
  @CsvSource({
    "2/s, 500000000",
    "20/10s, 500000000",
    "20/1s, 50000000",
    "20 / 10 s, 500000000",
    "1/100s, 100000000000",
    "1/ms, 1000000",
    "36/h, 100000000000",
    "1000000/s, 1000"
  })
  void readsRequestsPerTime(String text, long intervalNanos) {
    assertThat(Rate.parse(text).intervalNanos()).isEqualTo(intervalNanos);
    assertThat(Rate.parse(text).limited()).isTrue();
  }

  @Test
  void readsUnlimited() {
    Rate rate = Rate.parse("Unlimited");

    assertThat(rate.limited()).isFalse();
    assertThat(rate.intervalNanos()).isZero();
    assertThat(rate.perSecond()).isInfinite();
    assertThat(rate).hasToString("unlimited");
  }

  @ParameterizedTest
  @CsvSource({
    "20/s, 20/s",
    "20/1s, 20/s",
    "20/10s, 20/10s",
    "36/h, 36/h",
    "100/1m, 100/m",
    "100/60s, 100/m",
    "1/ms, 1/ms",
    "5/1500ms, 5/1500ms",
    "500/11s, 500/11s"
  })
  void writesItselfAsItCanBeRead(String text, String written) {
    assertThat(Rate.parse(text)).hasToString(written);
    assertThat(Rate.parse(written)).isEqualTo(Rate.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2",
        "/s",
        "2/",
        "-2/s",
        "2.5/s",
        "2/min",
        "2/S",
        "2 per s",
        "2/1.5s",
        "9999999999/s"
      })
  void refusesOtherForms(String text) {
    refuses(text, "must be such as 2/s, 20/10s or unlimited");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/s",
        "1/101s",
        "1000001/s",
        "2/0s",
        "1001/ms",
        "1/999999999d",
        "999999999/999999999d"
      })
  void refusesRatesOutOfBounds(String text) {
    refuses(text, "must lie between 0.01/s and 1000000/s");
  }

  @Test
  void roundsNoRateUp() {
    assertThat(Rate.parse("3/s").intervalNanos()).isEqualTo(333_333_334L);
    assertThat(new Rate(3, Duration.ofSeconds(1)).perSecond()).isEqualTo(3.0);
  }

  private static void refuses(String text, String message) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
