package io.facedrop.api.gate;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.utils.DateUtils;

/**
 * The header {@code Retry-After}: seconds, also with a fraction, or a date in one of the three
 * forms of RFC 9110 (5.6.7, 10.2.3). Of several the longest counts.
 */
public final class RetryAfter {
  private static final Pattern SECONDS = Pattern.compile("\\d+(\\.\\d*)?");

  /** What a comma in a date follows: it parts no two values. */
  private static final Pattern WEEKDAY = Pattern.compile("(?i)(mon|tue|wed|thu|fri|sat|sun)[a-z]*");

  private static final DateTimeFormatter ASCTIME =
      DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /**
   * The pause that was asked for, at least 0 and at most {@code longest}; empty when the header is
   * missing or not readable.
   *
   * @param value one or several with commas between; null for none
   */
  public static Optional<Duration> read(String value, Clock clock, Duration longest) {
    return values(value)
        .map(each -> SECONDS.matcher(each).matches() ? seconds(each, longest) : until(each, clock))
        .flatMap(Optional::stream)
        .map(pause -> bounded(pause, longest))
        .max(Duration::compareTo);
  }

  /**
   * Converts dates to seconds by the sender's clock, so that this machine's clock does not matter.
   *
   * @param value one or several, separated by commas; null for none
   * @param date the header {@code Date} of the same answer; null for none
   * @return the values; those that are no dates, or have no {@code Date} to compare with, are
   *     unchanged
   */
  public static String bySender(String value, String date) {
    Instant sent = date == null ? null : date(date.trim());
    return value == null || sent == null
        ? value
        : values(value).map(each -> bySender(each, sent)).collect(Collectors.joining(", "));
  }

  private static String bySender(String value, Instant sent) {
    Instant until = SECONDS.matcher(value).matches() ? null : date(value);
    return until == null
        ? value
        : String.valueOf(Math.max(0, Duration.between(sent, until).toSeconds()));
  }

  private static Stream<String> values(String text) {
    List<String> values = new ArrayList<>();
    String begun = "";
    for (String part : text == null ? new String[0] : text.split(",")) {
      String value = begun + part.trim();
      boolean day = WEEKDAY.matcher(value).matches();
      begun = day ? value + ", " : "";
      if (!day && !value.isEmpty()) {
        values.add(value);
      }
    }
    return values.stream();
  }

  private static Instant date(String text) {
    Instant date = DateUtils.parseStandardDate(text);
    return date != null ? date : asctime(text);
  }

  /** The one form without a zone, which HttpClient does not read. */
  private static Instant asctime(String text) {
    try {
      return Instant.from(ASCTIME.parse(text));
    } catch (DateTimeException none) {
      return null;
    }
  }

  private static Optional<Duration> until(String text, Clock clock) {
    return Optional.ofNullable(date(text)).map(at -> Duration.between(clock.instant(), at));
  }

  private static Optional<Duration> seconds(String digits, Duration longest) {
    String whole = digits.replaceFirst("\\..*", "").replaceFirst("^0+(?=\\d)", "");
    return Optional.of(
        whole.length() > MOST_DIGITS
            ? longest
            : Duration.ofMillis(new BigDecimal(digits).movePointRight(3).longValue()));
  }

  private static Duration bounded(Duration pause, Duration longest) {
    if (pause.isNegative()) {
      return Duration.ZERO;
    }
    return pause.compareTo(longest) < 0 ? pause : longest;
  }
}
