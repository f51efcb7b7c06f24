package io.facedrop.publish.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.words.Span;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0", "0.04567|0.0457", "1.1|1.1", "2.0|2", "20|20", "988.4|988", "9647.6|9,648"})
  void roundsToThreeDigits(double value, String words) {
    assertThat(Words.decimal(value)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"8000|8,000", "10000|10k", "250000|250k", "1500000|1.5M"})
  void shortensWhatStandsBesideAPlot(double value, String words) {
    assertThat(Words.brief(value)).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 0%",
    "10, 10, 100%",
    "1, 3, 33.3%",
    "1, 100000, <0.1%",
    "99999, 100000, 99.9%",
    "0, 0, 0%"
  })
  void neverRoundsToNothingOrAll(long part, long whole, String words) {
    assertThat(Words.percent(part, whole)).isEqualTo(words);
  }

  @Test
  void tellsTenthsOfShortTimes() {
    assertThat(Span.elapsed(Duration.ofMillis(8120))).isEqualTo("8.1s");
    assertThat(Span.elapsed(Duration.ofMillis(2000))).isEqualTo("2s");
    assertThat(Span.elapsed(Duration.ofSeconds(2412))).isEqualTo("40m 12s");
    assertThat(Words.millis(0.3)).isEqualTo("<1ms");
    assertThat(Words.millis(340)).isEqualTo("340ms");
    assertThat(Words.millis(1500)).isEqualTo("1.5s");
  }
}
