package io.facedrop.manifest;

/** Cuts untrusted data to a short printable piece for messages. */
final class Excerpt {

  private static final int LONGEST = 80;

  private Excerpt() {}

  static String of(String data) {
    StringBuilder shown = new StringBuilder();
    int end = Math.min(data.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      shown.append(printable(data.charAt(i)) ? data.charAt(i) : '?');
    }
    return data.length() > LONGEST ? shown.append("...").toString() : shown.toString();
  }

  // Format characters include those that turn the direction of text in a terminal or browser.
  private static boolean printable(char character) {
    return !Character.isISOControl(character)
        && !Character.isSurrogate(character)
        && Character.getType(character) != Character.FORMAT;
  }
}
