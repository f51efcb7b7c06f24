package io.facedrop.command;

import io.facedrop.config.Durations;
import io.facedrop.manifest.NameCharset;
import io.facedrop.words.Cause;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Reads the values of options. */
final class Arguments {
  /** How a batch is named. */
  static final String BATCH =
      "Its id as status shows it, or the beginning of it or of the eight digits at its end.";

  private Arguments() {}

  /**
   * Looks whether a number can be meant.
   *
   * @throws UsageException when it is not in this range
   */
  static void verifyRange(String option, long value, long least, long most) {
    if (value < least || value > most) {
      throw new UsageException(
          String.format(
              Locale.ROOT, "%s must be from %,d to %,d but is %,d", option, least, most, value));
    }
  }

  /**
   * Returns the file of this name.
   *
   * @throws UsageException when no file can have it here
   */
  static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(
          "no file can have the name '"
              + text
              + "' here: "
              + (NameCharset.isNarrow() ? NameCharset.advice() : e.getReason()));
    }
  }

  static Duration duration(String option, String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + " " + Cause.of(e) + " but is '" + text + "'");
    }
  }
}
