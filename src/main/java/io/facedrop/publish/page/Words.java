package io.facedrop.publish.page;

import io.facedrop.words.Count;
import io.facedrop.words.Span;
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

  private Words() {}

  /** Three digits are enough to compare by. */
  static String decimal(double value) {
    BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
    BigDecimal plain =
        rounded.compareTo(BigDecimal.valueOf(1000)) < 0
            ? rounded.setScale(Math.max(0, rounded.scale())).stripTrailingZeros()
            : new BigDecimal(Math.round(value));
    return plain.scale() > 0 ? plain.toPlainString() : Count.number(plain.longValue());
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
    return millis < 1000 ? decimal(millis) + "ms" : Span.elapsed(Duration.ofMillis((long) millis));
  }

  static String time(Instant time) {
    return TIME.format(time);
  }

  static String clock(Instant time) {
    return CLOCK.format(time);
  }
}
