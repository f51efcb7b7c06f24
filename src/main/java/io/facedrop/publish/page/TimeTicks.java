package io.facedrop.publish.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round times of the clock within a span. */
final class TimeTicks {
  private static final long MINUTE = 60;
  private static final long DAY = 86_400;
  private static final long[] STEPS = {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY
  };

  private TimeTicks() {}

  /** A time and what to call it. */
  record Tick(Instant at, String label) {}

  static List<Tick> of(Instant from, Duration length, int most) {
    long step = step(length.toSeconds(), most);
    List<Tick> ticks = new ArrayList<>();
    long first = -Math.floorDiv(-from.getEpochSecond(), step) * step;
    for (long at = first; at <= from.getEpochSecond() + length.toSeconds(); at += step) {
      ticks.add(new Tick(Instant.ofEpochSecond(at), label(at, step)));
    }
    return ticks;
  }

  private static long step(long seconds, int most) {
    for (long step : STEPS) {
      if (seconds / step <= most) {
        return step;
      }
    }
    return (seconds / DAY / most + 1) * DAY;
  }

  /** A midnight is told by the day that begins. */
  private static String label(long second, long step) {
    String pattern = second % DAY == 0 ? "d MMM" : step < MINUTE ? "HH:mm:ss" : "HH:mm";
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
        .withZone(ZoneOffset.UTC)
        .format(Instant.ofEpochSecond(second));
  }
}
