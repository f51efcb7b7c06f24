package io.facedrop.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a class logs from now on, as the operator reads it: {@code LEVEL message}. */
public final class LogLines {
  private static final Pattern LINE = Pattern.compile("\\S+ ([A-Z]+) (\\w+) - (.*)");

  private final Path log = Path.of(System.getProperty("org.slf4j.simpleLogger.logFile"));
  private final String name;
  private final long before;

  private LogLines(Class<?> logging) {
    name = logging.getSimpleName();
    before = all().length();
  }

  public static LogLines of(Class<?> logging) {
    return new LogLines(logging);
  }

  public List<String> get() {
    return all()
        .substring((int) before)
        .lines()
        .map(LINE::matcher)
        .filter(line -> line.matches() && line.group(2).equals(name))
        .map(LogLines::words)
        .toList();
  }

  private static String words(Matcher line) {
    return line.group(1) + " " + line.group(3);
  }

  /** What others have logged too, as it is written. */
  public String everything() {
    return all().substring((int) before);
  }

  private String all() {
    try {
      return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
