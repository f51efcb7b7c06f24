package io.facedrop.console.page;

import io.facedrop.config.Durations;
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

  private Text() {}

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Empty for none. */
  static String rate(double rowsPerSecond) {
    return rowsPerSecond == 0 ? "" : String.format(Locale.ROOT, "%,.1f rows/s", rowsPerSecond);
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
        : Durations.spoken(Duration.between(now, moment).truncatedTo(ChronoUnit.SECONDS));
  }
}
