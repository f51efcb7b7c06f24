package io.facedrop.manifest;

import java.util.regex.Pattern;

/** Cuts untrusted data to a short printable piece for messages. */
public final class Excerpt {

  private static final int LONGEST = 80;

  // A manifest without a header shows its first row, and a URL in it may bear a password.
  private static final Pattern USER_INFORMATION = Pattern.compile("//[^/?#\\s]*@");

  private Excerpt() {}

  public static String of(String untrusted) {
    String data = USER_INFORMATION.matcher(head(untrusted)).replaceAll("//...@");
    StringBuilder shown = new StringBuilder();
    int end = Math.min(data.length(), LONGEST);
    for (int i = 0; i < end; i++) {
      shown.append(printable(data.charAt(i)) ? data.charAt(i) : '?');
    }
    return data.length() > LONGEST ? shown.append("...").toString() : shown.toString();
  }

  private static String head(String untrusted) {
    return untrusted.substring(0, Math.min(untrusted.length(), LONGEST * 4));
  }

  // Format characters include those that turn the direction of text in a terminal or browser.
  private static boolean printable(char character) {
    return !Character.isISOControl(character)
        && !Character.isSurrogate(character)
        && Character.getType(character) != Character.FORMAT;
  }
}
