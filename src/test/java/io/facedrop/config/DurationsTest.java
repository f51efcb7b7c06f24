package io.facedrop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.facedrop.words.Span;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "10s, PT10S",
    "5m, PT5M",
    "1h, PT1H",
    "2d, PT48H",
    "0s, PT0S",
    "10 s, PT10S",
    "999999999ms, PT277H46M39.999S"
  })
  void readsAnAmountAndItsUnit(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "10", "s", "-1s", "1.5s", "10S", "1h30m", "10sec", "9999999999s", "PT10S"})
  void refusesOtherForms(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be a duration such as 500ms, 10s, 5m or 1h");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0ms",
    "PT0.5S, 500ms",
    "PT1.5S, 1500ms",
    "PT10S, 10s",
    "PT90S, 90s",
    "PT5M, 5m",
    "PT90M, 90m",
    "PT1H, 1h",
    "PT24H, 24h"
  })
  void writesTheLargestWholeUnit(Duration duration, String text) {
    assertThat(Durations.text(duration)).isEqualTo(text);
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "PT-5S, 0s",
    "PT0.9S, 0s",
    "PT59S, 59s",
    "PT60S, 1m 0s",
    "PT3M5S, 3m 5s",
    "PT1H20M, 1h 20m",
    "PT23H59M59S, 23h 59m",
    "PT25H, 1d 1h"
  })
  void speaksToPeople(Duration duration, String words) {
    assertThat(Span.spoken(duration)).isEqualTo(words);
  }
}
