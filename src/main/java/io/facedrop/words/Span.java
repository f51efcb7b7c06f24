package io.facedrop.words;

import java.time.Duration;
import java.util.Locale;

/** Says how long something took or will take. */
public final class Span {
  private static final long TEN_SECONDS = 10_000;

  private Span() {}

  /** A span for people, with tenths while it is short. */
  public static String elapsed(Duration span) {
    return span.toMillis() < TEN_SECONDS
        ? String.format(Locale.ROOT, "%.1fs", span.toMillis() / 1000.0).replace(".0s", "s")
        : spoken(span);
  }

  /** A span for people, such as {@code 1h 20m} or {@code 3m 5s}. */
  public static String spoken(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds >= 86_400) {
      return seconds / 86_400 + "d " + seconds % 86_400 / 3600 + "h";
    }
    if (seconds >= 3600) {
      return seconds / 3600 + "h " + seconds % 3600 / 60 + "m";
    }
    return seconds >= 60 ? seconds / 60 + "m " + seconds % 60 + "s" : seconds + "s";
  }
}
