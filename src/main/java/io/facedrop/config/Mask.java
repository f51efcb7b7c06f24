package io.facedrop.config;

/**
 * Shows a setting without what may be secret in it: the key, and the user information, query and
 * fragment of an address.
 *
 * @param key the API's key; empty for none
 */
record Mask(String key) {
  private static final String STARS = "***";

  /** Shorter ones hide nothing and would spoil other words. */
  private static final int SHORTEST_KEY = 4;

  String of(String text) {
    String shown = key.length() < SHORTEST_KEY ? text : text.replace(key, STARS);
    return shown
        .replaceFirst("^([a-zA-Z][a-zA-Z0-9+.-]*:/{0,2})?.*@", "$1" + STARS + "@")
        .replaceFirst("(?s)([?#]).+", "$1" + STARS);
  }

  String quoted(String text) {
    return text.isEmpty() ? "empty" : "'" + of(text) + "'";
  }
}
