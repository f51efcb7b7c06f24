package io.facedrop.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Shows a setting without what may be secret in it: the secrets themselves, and the user
 * information, query and fragment of an address.
 */
final class Mask {
  private static final String STARS = "***";

  /** Shorter ones hide nothing and would spoil other words. */
  private static final int SHORTEST_SECRET = 4;

  private final List<String> secrets = new ArrayList<>();

  /** Hides this from now on. */
  void hide(String secret) {
    if (secret.length() >= SHORTEST_SECRET) {
      secrets.add(secret);
      // One that holds another must go first, or its rest would show.
      secrets.sort(Comparator.comparingInt(String::length).reversed());
    }
  }

  String of(String text) {
    String shown = text;
    for (String secret : secrets) {
      shown = shown.replace(secret, STARS);
    }
    return shown
        .replaceFirst("^([a-zA-Z][a-zA-Z0-9+.-]*:/{0,2})?.*@", "$1" + STARS + "@")
        .replaceFirst("(?s)([?#]).+", "$1" + STARS);
  }

  String quoted(String text) {
    return text.isEmpty() ? "empty" : "'" + of(text) + "'";
  }
}
