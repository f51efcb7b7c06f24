package io.facedrop.config;

import io.facedrop.words.Span;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * How long rows take at the rate, by what is known of the tasks of the API.
 *
 * @param api whose rates count
 * @param awaited whether rows wait for their faces
 * @param queriesPerTask how many a task takes; 1 while nobody knows, for it takes at least one
 * @param taskTime by which age tasks have likely ended; zero while nobody knows
 */
public record Forecast(
    Settings.Api api, boolean awaited, double queriesPerTask, Duration taskTime) {
  private static final double MILLIS = 1e3;
  private static final long HOUR = 3_600;

  /** In words, of rows of which none was sent: {@code about 5m 3s at 20/s, …}. */
  public String words(long rows) {
    if (seconds(rows, rows) == 0) {
      return rows == 0 && isLimited() ? "nothing to send" : "as fast as the API answers";
    }
    String words = exactness() + " " + Span.spoken(left(rows, 0).orElseThrow());
    return words
        + " at "
        + binding()
        + String.format(Locale.ROOT, ", %,.0f rows an hour", HOUR * rows / seconds(rows, rows));
  }

  private String exactness() {
    return awaited && taskTime.isZero() ? "at least" : "about";
  }

  /**
   * How long what is left takes; empty without a rate.
   *
   * @param unsent rows that are still to be created
   * @param open tasks whose result is awaited
   */
  public Optional<Duration> left(long unsent, long open) {
    if (!isLimited()) {
      return Optional.empty();
    }
    double seconds = seconds(unsent, unsent + open);
    double last = awaited && unsent + open > 0 ? taskTime.toMillis() / MILLIS : 0;
    return Optional.of(Duration.ofSeconds((long) Math.ceil(seconds + last)));
  }

  /** How long after a row was sent it has likely ended; empty while nobody knows. */
  public Optional<Duration> startUp() {
    return awaited && taskTime.isZero()
        ? Optional.empty()
        : Optional.of(awaited ? taskTime : Duration.ZERO);
  }

  private boolean isLimited() {
    return binding().limited();
  }

  /** At the rates alone; 0 without any. */
  private double seconds(long creates, long tasks) {
    double queries = awaited ? tasks * queriesPerTask : 0;
    return api.queryRate() == null
        ? (creates + queries) / api.rate().perSecond()
        : Math.max(creates / api.rate().perSecond(), queries / api.queryRate().perSecond());
  }

  /** The rate that decides. */
  private Rate binding() {
    boolean queries =
        api.queryRate() != null
            && awaited
            && api.queryRate().perSecond() < queriesPerTask * api.rate().perSecond();
    return queries ? api.queryRate() : api.rate();
  }
}
