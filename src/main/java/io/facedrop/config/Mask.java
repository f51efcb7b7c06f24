package io.facedrop.config;

import io.facedrop.api.answer.Secret;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Shows a setting without what may be secret in it: the secrets themselves, and the user
 * information, query and fragment of an address.
 */
final class Mask {
  private static final String STARS = "***";

  private final TreeSet<String> values =
      // One that holds another must go first, or its rest would show.
      new TreeSet<>(
          Comparator.comparingInt(String::length).reversed().thenComparing(value -> value));

  private List<Secret> secrets = List.of();

  /** Hides this from now on. */
  void hide(String secret) {
    values.add(secret);
    secrets = values.stream().map(Secret::new).toList();
  }

  String of(String text) {
    String shown = text;
    for (Secret secret : secrets) {
      shown = secret.hiddenIn(shown);
    }
    return shown
        .replaceFirst("^([a-zA-Z][a-zA-Z0-9+.-]*:/{0,2})?.*@", "$1" + STARS + "@")
        .replaceFirst("(?s)(\\?|(?<!\\s)#).+", "$1" + STARS);
  }

  String quoted(String text) {
    String shown = of(text);
    String hint = shown.matches("(?s).*\\s#.*") ? " (a comment needs a line of its own)" : "";
    return text.isEmpty() ? "empty" : "'" + shown + "'" + hint;
  }
}
