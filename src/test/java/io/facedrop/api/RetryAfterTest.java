package io.facedrop.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.facedrop.api.gate.RetryAfter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-27T13:14:04Z"), ZoneOffset.UTC);

  @Test
  void readsSeconds() {
    assertThat(read("0")).contains(Duration.ZERO);
    assertThat(read(" 30 ")).contains(Duration.ofSeconds(30));
    assertThat(read("0000000000007")).contains(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "9.5 | 9500",
        "0.05 | 50",
        "1. | 1000",
        "5, 9 | 9000",
        "9,5 | 9000",
        "soon, 7 | 7000",
        "3, Wed, 27 May 2026 13:15:04 GMT | 60000",
        "Wed, 27 May 2026 13:15:04 GMT, 90 | 90000",
        "Wednesday, 27-May-26 13:15:04 GMT | 60000",
        "Wed May 27 13:15:04 2026 | 60000"
      })
  void readsAllFormsAndTakesTheLongest(String value, long millis) {
    assertThat(read(value)).contains(Duration.ofMillis(millis));
  }

  @Test
  void readsADate() {
    assertThat(read("Wed, 27 May 2026 13:15:04 GMT")).contains(Duration.ofMinutes(1));
  }

  @Test
  void takesAPastDateAsNow() {
    assertThat(read("Wed, 27 May 2026 13:14:03 GMT")).contains(Duration.ZERO);
    assertThat(read("Thu, 01 Jan 1970 00:00:00 GMT")).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "601",
        "999999999",
        "99999999999999999999",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Wed, 27 May 2026 13:24:05 GMT"
      })
  void isBoundedByTheLongest(String value) {
    assertThat(read(value)).contains(LONGEST);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", " ", "soon", "-5", "1e3", "٣", "Wed, 31 Feb 2026 13:14:04 GMT", "[1, 2]"})
  void isNothingWhenItCannotBeRead(String value) {
    assertThat(read(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "Wed, 27 May 2026 15:15:04 GMT | Wed, 27 May 2026 15:15:01 GMT | 3",
        "Wed, 27 May 2026 15:15:04 GMT | Wed, 27 May 2026 15:15:05 GMT | 0",
        "30                            | Wed, 27 May 2026 15:15:05 GMT | 30",
        "Wed, 27 May 2026 15:15:04 GMT | -    | Wed, 27 May 2026 15:15:04 GMT",
        "Wed, 27 May 2026 15:15:04 GMT | soon | Wed, 27 May 2026 15:15:04 GMT",
        "soon | Wed, 27 May 2026 15:15:04 GMT | soon",
        "-    | Wed, 27 May 2026 15:15:04 GMT | -"
      })
  void aDateIsMeasuredByTheClockOfWhoeverSentIt(String value, String date, String read) {
    assertThat(RetryAfter.bySender(value, date)).isEqualTo(read);
  }

  private static Optional<Duration> read(String value) {
    return RetryAfter.read(value, CLOCK, LONGEST);
  }
}
