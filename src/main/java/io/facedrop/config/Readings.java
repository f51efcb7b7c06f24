package io.facedrop.config;

import io.facedrop.words.Cause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads single settings and collects what is wrong with them; keeps what the routes will see. */
final class Readings {
  private static final Duration LONGEST = Duration.ofDays(365);

  /** A secret is a line, not a file that was named by mistake. */
  private static final int LONGEST_SECRET = 4096;

  private final PropertySource source;
  private final Mask mask = new Mask();
  private final List<String> faults = new ArrayList<>();
  private final Map<String, String> resolved = new LinkedHashMap<>();

  Readings(PropertySource source) {
    this.source = source;
  }

  List<String> faults() {
    return faults;
  }

  void fault(String sentence) {
    faults.add(sentence);
  }

  Map<String, String> resolved() {
    return resolved;
  }

  Mask mask() {
    return mask;
  }

  /** Whether the operator has said what a setting is, even if it is the default. */
  boolean isChosen(String key) {
    return source.isChosen(key);
  }

  /** The text of a setting, empty for none. */
  String text(String key) {
    String text = value(key);
    resolved.put(key, text);
    return text;
  }

  /** What cannot be resolved is a fault that is told once. */
  private String value(String key) {
    try {
      return source.value(key).orElse("");
    } catch (UnresolvedException unresolved) {
      String fault = key + " " + unresolved.getMessage();
      if (!faults.contains(fault)) {
        faults.add(fault);
      }
      return "";
    }
  }

  /**
   * A secret, from the setting itself or from the file that {@code <key>-file} names, without the
   * line break at its end; empty for none. The routes see it only if somebody puts it there.
   */
  String secret(String key) {
    String inline = value(key);
    mask.hide(inline);
    Path file = parsed(key + "-file", Readings::pathOrNone);
    String secret = file == null ? inline : fromFile(key, file, inline);
    mask.hide(secret);
    return secret;
  }

  /** A secret that only the file can hold which {@code <key>-file} names; empty for none. */
  String secretInFile(String key) {
    Path file = parsed(key + "-file", Readings::pathOrNone);
    String secret = file == null ? "" : fromFile(key, file, "");
    mask.hide(secret);
    return secret;
  }

  private String fromFile(String key, Path file, String inline) {
    if (!inline.isEmpty()) {
      faults.add(
          key
              + source.behind(key)
              + " and "
              + key
              + "-file are both set; keep the one that is meant");
    }
    try {
      if (Files.size(file) > LONGEST_SECRET) {
        faults.add(key + "-file names " + file + ", which is too long to hold just a secret");
        return "";
      }
      String secret = Files.readString(file).replaceFirst("\\R\\z", "");
      if (secret.isEmpty()) {
        faults.add(key + "-file names " + file + ", which is empty");
      }
      return secret;
    } catch (IOException unreadable) {
      faults.add(
          key + "-file names " + file + ", which cannot be read (" + Cause.of(unreadable) + ")");
      return "";
    }
  }

  /** A file that must be there and readable; null for none. */
  Path file(String key) {
    Path file = parsed(key, Readings::pathOrNone);
    if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      faults.add(key + " must name a file that can be read but is " + mask.quoted(file.toString()));
    }
    return file;
  }

  private static Path pathOrNone(String text) {
    try {
      return text.isEmpty() ? null : Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must name a file (" + e.getReason() + ")", e);
    }
  }

  int number(String key, int least, int most) {
    return (int) longNumber(key, least, most);
  }

  long longNumber(String key, long least, long most) {
    Long number = parsed(key, Forms::wholeNumber);
    if (number != null && number < least) {
      faults.add(key + " cannot be less than " + least + " but is " + number);
    } else if (number != null && number > most) {
      faults.add(key + " cannot be more than " + most + " but is " + number);
    }
    return number == null ? least : Math.max(least, Math.min(most, number));
  }

  Duration duration(String key, long leastMillis) {
    Duration duration = parsed(key, Durations::parse);
    Duration least = Duration.ofMillis(leastMillis);
    if (duration != null && duration.compareTo(least) < 0) {
      faults.add(
          key
              + " cannot be less than "
              + Durations.text(least)
              + " but is "
              + Durations.text(duration));
    } else if (duration != null && duration.compareTo(LONGEST) > 0) {
      faults.add(key + " cannot be more than 365d but is " + Durations.text(duration));
    }
    return duration == null ? least : duration;
  }

  /** Whether it is the first of two words. */
  boolean choice(String key, String first, String second) {
    String text = text(key);
    if (!text.equals(first) && !text.equals(second)) {
      faults.add(key + " must be " + first + " or " + second + " but is " + mask.quoted(text));
    }
    return text.equals(first);
  }

  <T> T parsed(String key, Function<String, T> parser) {
    String text = text(key);
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      faults.add(key + " " + Cause.of(e) + " but is " + mask.quoted(text));
      return null;
    }
  }
}
