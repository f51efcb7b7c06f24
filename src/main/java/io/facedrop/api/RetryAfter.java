package io.facedrop.api;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After}: seconds or an HTTP date (RFC 9110, 10.2.3). */
public final class RetryAfter {
  private RetryAfter() {}

  /**
   * The pause that was asked for, at least 0 and at most {@code longest}; empty when the header is
   * missing or not readable.
   *
   * @param value null for none
   */
  public static Optional<Duration> read(String value, Clock clock, Duration longest) {
    if (value == null) {
      return Optional.empty();
    }
    String text = value.trim();
    if (text.matches("\\d+")) {
      return Optional.of(seconds(text, longest));
    }
    try {
      Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(bounded(Duration.between(clock.instant(), until), longest));
    } catch (DateTimeException | ArithmeticException notADate) {
      return Optional.empty();
    }
  }

  private static Duration seconds(String digits, Duration longest) {
    String significant = digits.replaceFirst("^0+(?=\\d)", "");
    return significant.length() > 9
        ? longest
        : bounded(Duration.ofSeconds(Long.parseLong(significant)), longest);
  }

  private static Duration bounded(Duration pause, Duration longest) {
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
