package io.facedrop.console.page;

import io.facedrop.words.Count;
import io.facedrop.words.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Numbers and moments as the pages have them. */
final class Text {
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final long SECOND = 1_000;
  private static final long MINUTE = 60_000;
  private static final int SECONDS = 60;

  /** Rows a second, below which more of them are counted together. */
  private static final double SLOW = 0.1;

  private static final double UNIT = 1024;
  private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB"};

  private Text() {}

  static String number(long value) {
    return Count.number(value);
  }

  /** The words that agree with a number of things. */
  static String agreeing(long value, String one, String many) {
    return value == 1 ? one : many;
  }

  /** A size, in the unit that makes it short. */
  static String bytes(long count) {
    int unit = 0;
    double size = count;
    while (size >= UNIT && unit < UNITS.length - 1) {
      size /= UNIT;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", size, UNITS[unit]);
  }

  /** A time that something took. */
  static String millis(long millis) {
    if (millis < SECOND) {
      return millis + " ms";
    }
    return millis < 2 * MINUTE
        ? String.format(Locale.ROOT, "%.1f s", millis / (double) SECOND)
        : String.format(Locale.ROOT, "%.1f min", millis / (double) MINUTE);
  }

  /** Empty for none. */
  static String rate(double rowsPerSecond) {
    if (rowsPerSecond == 0) {
      return "";
    }
    return rowsPerSecond < SLOW
        ? String.format(Locale.ROOT, "%,.1f rows/min", rowsPerSecond * SECONDS)
        : String.format(Locale.ROOT, "%,.1f rows/s", rowsPerSecond);
  }

  /** In UTC; empty for none. */
  static String time(Instant moment) {
    return moment == null ? "" : UTC.format(moment);
  }

  /** The time of day in UTC. */
  static String clock(Instant moment) {
    return CLOCK.format(moment);
  }

  /** How long it is until then; empty for none. */
  static String until(Instant moment, Instant now) {
    return moment == null || moment.isBefore(now)
        ? ""
        : Span.spoken(Duration.between(now, moment).truncatedTo(ChronoUnit.SECONDS));
  }
}
