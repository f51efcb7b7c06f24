package io.facedrop.config;

import io.facedrop.api.answer.Secret;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of the address of events must not be read by anybody: of a webhook already its path may be
 * the key to it.
 */
public final class EventSecrets {
  private static final Pattern USER = Pattern.compile("//([^/?#]*)@");
  private static final Pattern VALUE =
      Pattern.compile("[?&][^=&]+=(RAW\\(.*?\\)|RAW\\{.*?}|[^&]*)");
  private static final Pattern PATH = Pattern.compile("^[a-z0-9+.-]+:/*[^/?]*(/[^?#]*)");
  private static final int SHORTEST_STEP = 8;

  private final List<Secret> secrets;

  /**
   * @param uri of a Camel endpoint; empty for none
   */
  public EventSecrets(String uri) {
    // One that holds another must go first, or its rest would show.
    TreeSet<String> values =
        new TreeSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(value -> value));
    values.add(uri);
    values.add(uri.replaceFirst("\\?.*", ""));
    if (uri.startsWith("http")) {
      groups(PATH, uri).forEach(path -> addPath(values, path));
    }
    groups(USER, uri).forEach(user -> values.addAll(List.of(user.split(":", 2))));
    groups(VALUE, uri).forEach(value -> addValue(values, value));
    values.removeIf(String::isBlank);
    secrets = values.stream().map(Secret::new).toList();
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static void addPath(TreeSet<String> values, String path) {
    for (String step : path.split("/")) {
      if (step.length() >= SHORTEST_STEP) {
        values.add(step);
      }
    }
  }

  /** A word such as {@code true} or a number is no secret, and would make holes in every text. */
  private static void addValue(TreeSet<String> values, String value) {
    Matcher raw = Pattern.compile("RAW[({](.*)[)}]").matcher(value);
    String plain = raw.matches() ? raw.group(1) : decoded(value);
    if (plain.length() >= SHORTEST_STEP || raw.matches()) {
      values.add(plain);
      values.add(value);
    }
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException asItIs) {
      return value;
    }
  }

  /** The text without them. */
  public String hiddenIn(String text) {
    String shown = text;
    for (Secret secret : secrets) {
      shown = secret.hiddenIn(shown);
    }
    return shown;
  }
}
