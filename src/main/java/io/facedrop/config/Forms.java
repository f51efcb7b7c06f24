package io.facedrop.config;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Forms that texts in the configuration must have; each throws what was expected. */
final class Forms {
  private Forms() {}

  private static final Pattern SERVER =
      Pattern.compile("jdbc:postgresql://[^/?@]+/[^/?@]+(\\?[^?]*)?");
  private static final Pattern LOGIN = Pattern.compile("[?&](user|password|sslpassword)=");
  private static final Pattern ESCAPE = Pattern.compile("%\\p{XDigit}{2}");

  static Path directory(String text) {
    try {
      return Path.of(asWritten(notEmpty(text)));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("must be a directory (" + e.getReason() + ")", e);
    }
  }

  /**
   * A path that an endpoint of Camel's takes as it is written: in its URIs {@code ?} begins the
   * options, and {@code %41} is {@code A}, however often it is escaped.
   */
  static String asWritten(String path) {
    if (path.contains("?")) {
      throw new IllegalArgumentException(
          "must be a directory without ?, with which the options of an endpoint would begin");
    }
    Matcher escape = ESCAPE.matcher(path);
    if (escape.find()) {
      throw new IllegalArgumentException(
          "must be a directory without "
              + escape.group()
              + ", which would be taken for another character (a space is written as such)");
    }
    return path;
  }

  static String doneFile(String text) {
    if (!text.isEmpty() && (!text.contains("${file:name") || text.matches(".*[/\\\\].*"))) {
      throw new IllegalArgumentException(
          "must be empty or hold ${file:name} or ${file:name.noext} and no folder, such as"
              + " ${file:name}.done");
    }
    return text;
  }

  static String notEmpty(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  /** Names with commas between. */
  static List<String> names(String text) {
    List<String> names =
        Stream.of(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException("must be a name, or several with commas between");
    }
    return names;
  }

  static Charset charset(String text) {
    try {
      return Charset.forName(text);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new IllegalArgumentException(
          "must be a charset that Java knows, such as UTF-8, windows-1252, ISO-8859-1 or Shift_JIS");
    }
  }

  static String host(String text) {
    if (!text.matches("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?")) {
      throw new IllegalArgumentException("must be a host name or address");
    }
    return text;
  }

  /** Host names with commas between; {@code *.} in front stands for all names below. */
  static List<String> hosts(String text) {
    List<String> hosts = new ArrayList<>();
    for (String host : text.split(",")) {
      String name = host.trim().toLowerCase(Locale.ROOT);
      if (!name.isEmpty() && !name.matches("(\\*\\.)?[a-z0-9._-]+|\\[?[0-9a-f:.]+]?")) {
        throw new IllegalArgumentException(
            "must be host names or addresses with commas between, such as"
                + " images.example.com,*.example.org,192.0.2.7, without ports and ranges");
      }
      if (!name.isEmpty()) {
        hosts.add(name);
      }
    }
    return hosts;
  }

  static String ledgerUrl(String text) {
    if (text.startsWith("jdbc:postgresql:")) {
      return serverUrl(text);
    }
    if (!text.startsWith("jdbc:sqlite:") || text.length() == "jdbc:sqlite:".length()) {
      throw new IllegalArgumentException(
          "must be jdbc:sqlite: and a file, or jdbc:postgresql://host/database");
    }
    if (text.contains("?")) {
      throw new IllegalArgumentException("must be jdbc:sqlite: and a file, without ? and options");
    }
    return text;
  }

  /**
   * Options are the driver's, but for those that would show a secret wherever the address shows.
   */
  private static String serverUrl(String text) {
    if (!SERVER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be jdbc:postgresql://host/database, with :port and ?options where they are needed");
    }
    if (LOGIN.matcher(text).find()) {
      throw new IllegalArgumentException(
          "must be without user and passwords, for which there are facedrop.ledger.username and"
              + " facedrop.ledger.password");
    }
    return text;
  }

  /** Durations that rise, with commas between; empty for {@code auto}. */
  static List<Duration> ages(String text) {
    if (text.equals("auto")) {
      return List.of();
    }
    List<Duration> ages = new ArrayList<>();
    for (String age : text.split(",", -1)) {
      Duration next = age(age.trim());
      if (!ages.isEmpty() && next.compareTo(ages.get(ages.size() - 1)) <= 0) {
        throw new IllegalArgumentException("must rise from each age to the next");
      }
      ages.add(next);
    }
    return ages;
  }

  private static Duration age(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be auto, or durations with commas between, such as 2s,3s,5s", e);
    }
  }

  /** How long something is kept; zero for ever. */
  static Duration retention(String text) {
    try {
      Duration retention = text.equals("forever") ? Duration.ZERO : Durations.parse(text);
      if (text.equals("forever") || !retention.isZero()) {
        return retention;
      }
    } catch (IllegalArgumentException notEither) {
      // Told below, with both possibilities.
    }
    throw new IllegalArgumentException("must be forever or a duration such as 12h or 30d");
  }

  static Long wholeNumber(String text) {
    if (!text.matches("-?\\d{1,18}")) {
      throw new IllegalArgumentException("must be a whole number");
    }
    return Long.valueOf(text);
  }
}
