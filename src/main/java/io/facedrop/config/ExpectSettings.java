package io.facedrop.config;

import io.facedrop.expect.Expectation;
import io.facedrop.expect.Schedule;
import java.nio.file.FileSystems;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which manifests are expected: the operator gives each a name of his own. */
final class ExpectSettings {
  static final String PREFIX = "facedrop.expect.";
  static final List<String> OPTIONS =
      List.of("files", "by", "days", "zone", "except", "warn-before");

  private static final Pattern KEY = Pattern.compile("facedrop\\.expect\\.([A-Za-z0-9_-]+)\\..+");
  private static final Duration LONGEST_WARNING = Duration.ofDays(7);

  private ExpectSettings() {}

  /** The names that the operator has given. */
  static SortedSet<String> names(Set<String> keys) {
    SortedSet<String> names = new TreeSet<>();
    for (String key : keys) {
      Matcher matcher = KEY.matcher(key);
      if (matcher.matches()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  /** Every setting that there is under these names. */
  static List<String> keys(Set<String> names) {
    return names.stream()
        .flatMap(name -> OPTIONS.stream().map(option -> PREFIX + name + "." + option))
        .toList();
  }

  static List<Expectation> read(Readings in, Set<String> names) {
    List<Expectation> expectations = new ArrayList<>();
    for (String name : names) {
      Expectation expectation = read(in, name);
      if (expectation != null) {
        expectations.add(expectation);
      }
    }
    return expectations;
  }

  /** Null where it is faulty, which is told. */
  private static Expectation read(Readings in, String name) {
    String key = PREFIX + name + ".";
    String files = in.parsed(key + "files", ExpectSettings::glob);
    LocalTime by = in.parsed(key + "by", ExpectSettings::time);
    Set<DayOfWeek> days = in.parsed(key + "days", ExpectSettings::days);
    ZoneId zone = in.parsed(key + "zone", ExpectSettings::zone);
    Set<LocalDate> except = in.parsed(key + "except", ExpectSettings::dates);
    Duration warnBefore = in.parsed(key + "warn-before", ExpectSettings::warning);
    boolean sound =
        files != null
            && by != null
            && days != null
            && zone != null
            && except != null
            && warnBefore != null;
    return sound
        ? new Expectation(name, files, new Schedule(by, days, zone, except), warnBefore)
        : null;
  }

  private static String glob(String text) {
    try {
      FileSystems.getDefault().getPathMatcher("glob:" + Forms.notEmpty(text));
      return text;
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "must be a pattern of a manifest's path below the inbox, such as night-*.csv or"
              + " partner/*.csv",
          wrong);
    }
  }

  private static LocalTime time(String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeParseException wrong) {
      throw new IllegalArgumentException("must be a time of day such as 06:00", wrong);
    }
  }

  /** Weekdays with commas between, also as {@code mon-fri}; empty for all. */
  private static Set<DayOfWeek> days(String text) {
    if (text.isEmpty()) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String item : text.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] ends = item.trim().split("-", 2);
      DayOfWeek last = day(ends[ends.length - 1]);
      for (DayOfWeek day = day(ends[0]); day != last; day = day.plus(1)) {
        days.add(day);
      }
      days.add(last);
    }
    return days;
  }

  private static DayOfWeek day(String text) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (text.trim().length() >= 3
          && day.name().toLowerCase(Locale.ROOT).startsWith(text.trim())) {
        return day;
      }
    }
    throw new IllegalArgumentException(
        "must be weekdays with commas between, such as mon-fri or sat,sun");
  }

  private static ZoneId zone(String text) {
    try {
      return text.isEmpty() ? ZoneOffset.UTC : ZoneId.of(text);
    } catch (DateTimeException wrong) {
      throw new IllegalArgumentException("must be a time zone such as Europe/Berlin", wrong);
    }
  }

  private static Set<LocalDate> dates(String text) {
    Set<LocalDate> dates = new TreeSet<>();
    for (String date : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      try {
        dates.add(LocalDate.parse(date.trim()));
      } catch (DateTimeParseException wrong) {
        throw new IllegalArgumentException(
            "must be dates with commas between, such as 2026-12-25,2027-01-01", wrong);
      }
    }
    return dates;
  }

  private static Duration warning(String text) {
    Duration warning = text.isEmpty() ? Duration.ZERO : Durations.parse(text);
    if (warning.compareTo(LONGEST_WARNING) > 0) {
      throw new IllegalArgumentException("cannot be more than 7d");
    }
    return warning;
  }
}
