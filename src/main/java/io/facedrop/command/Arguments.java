package io.facedrop.command;

import io.facedrop.config.Durations;
import io.facedrop.words.Cause;
import java.time.Duration;

/** Reads the values of options. */
final class Arguments {
  /** How a batch is named. */
  static final String BATCH =
      "Its id as status shows it, or the beginning of it or of the eight digits at its end.";

  private Arguments() {}

  static Duration duration(String option, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + " " + Cause.of(e) + " but is '" + text + "'");
    }
  }
}
