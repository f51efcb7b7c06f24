package io.facedrop.publish.page;

import io.facedrop.config.Durations;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as people read them. */
final class Words {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final MathContext THREE_DIGITS = new MathContext(3);
  private static final double THOUSAND = 1e3;
  private static final double TEN_THOUSAND = 1e4;
  private static final double MILLION = 1e6;
  private static final double LEAST_SHARE = 0.1;
  private static final double MOST_SHARE = 99.9;
  private static final long TEN_SECONDS = 10_000;

  private Words() {}

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A number and what is counted, such as {@code 1 row} or {@code 2 rows}. */
  static String count(long value, String one) {
    return number(value) + " " + one + (value == 1 ? "" : "s");
  }

  /** Three digits are enough to compare by. */
  static String decimal(double value) {
    BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
    BigDecimal plain =
        rounded.compareTo(BigDecimal.valueOf(1000)) < 0
            ? rounded.setScale(Math.max(0, rounded.scale())).stripTrailingZeros()
            : new BigDecimal(Math.round(value));
    return plain.scale() > 0 ? plain.toPlainString() : number(plain.longValue());
  }

  /** A number short enough to stand beside a plot. */
  static String brief(double value) {
    if (value >= MILLION) {
      return decimal(value / MILLION) + "M";
    }
    return value >= TEN_THOUSAND ? decimal(value / THOUSAND) + "k" : decimal(value);
  }

  /** A share of a whole; nothing that is there is told as 0%, and 100% is all of it. */
  static String percent(long part, long whole) {
    if (part == 0 || part == whole) {
      return part == 0 ? "0%" : "100%";
    }
    double percent = 100.0 * part / whole;
    return percent < LEAST_SHARE
        ? "<0.1%"
        : String.format(Locale.ROOT, "%.1f%%", Math.min(MOST_SHARE, percent));
  }

  static String millis(double millis) {
    if (millis < 1) {
      return "<1ms";
    }
    return millis < 1000 ? decimal(millis) + "ms" : elapsed(Duration.ofMillis((long) millis));
  }

  /** A span for people, with tenths while it is short. */
  static String elapsed(Duration span) {
    return span.toMillis() < TEN_SECONDS
        ? String.format(Locale.ROOT, "%.1fs", span.toMillis() / 1000.0).replace(".0s", "s")
        : Durations.spoken(span);
  }

  static String time(Instant time) {
    return TIME.format(time);
  }

  static String clock(Instant time) {
    return CLOCK.format(time);
  }
}
