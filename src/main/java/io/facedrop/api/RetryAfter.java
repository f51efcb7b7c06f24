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
      return Optional.of(bounded(Duration.between(clock.instant(), date(text)), longest));
    } catch (DateTimeException | ArithmeticException notADate) {
      return Optional.empty();
    }
  }

  /**
   * A date by the clock of whoever sent it as seconds, so that no clock of ours has a say in it.
   *
   * @param value null for none
   * @param date the header {@code Date} of the same answer; null for none
   * @return the value as it is when it is no date, or it is not known when it was sent
   */
  static String bySender(String value, String date) {
    if (value == null || date == null) {
      return value;
    }
    try {
      Duration pause = Duration.between(date(date), date(value));
      return String.valueOf(Math.max(0, pause.toSeconds()));
    } catch (DateTimeException notDates) {
      return value;
    }
  }

  private static Instant date(String text) {
    return ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
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
