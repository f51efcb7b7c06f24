package io.facedrop.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests may leave in a time, all nodes and kinds of request together.
 *
 * @param requests per {@code period}; 0 means without limit
 */
public record Rate(long requests, Duration period) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{0,9}(?:ms|s|m|h|d))");
  private static final Rate UNLIMITED = new Rate(0, Duration.ofSeconds(1));

  /**
   * Reads {@code 2/s}, {@code 20/10s} or {@code unlimited}.
   *
   * @throws IllegalArgumentException with what was expected
   */
  public static Rate parse(String text) {
    if (text.equalsIgnoreCase("unlimited")) {
      return UNLIMITED;
    }
    Matcher matcher = FORM.matcher(text.replace(" ", ""));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be such as 2/s, 20/10s or unlimited");
    }
    Rate rate = new Rate(Long.parseLong(matcher.group(1)), period(matcher.group(2)));
    if (rate.requests < 1 || rate.perSecond() < 0.01 || rate.perSecond() > 1_000_000) {
      throw new IllegalArgumentException("must lie between 0.01/s and 1000000/s");
    }
    return rate;
  }

  private static Duration period(String text) {
    return Durations.parse(Character.isDigit(text.charAt(0)) ? text : "1" + text);
  }

  public boolean limited() {
    return requests > 0;
  }

  /** Time between two requests in nanoseconds, rounded up; 0 without limit. */
  public long intervalNanos() {
    return limited() ? (period.toNanos() + requests - 1) / requests : 0;
  }

  public double perSecond() {
    return limited() ? requests * 1e3 / period.toMillis() : Double.POSITIVE_INFINITY;
  }

  @Override
  public String toString() {
    return limited()
        ? requests + "/" + Durations.text(period).replaceFirst("^1(?=\\D)", "")
        : "unlimited";
  }
}
