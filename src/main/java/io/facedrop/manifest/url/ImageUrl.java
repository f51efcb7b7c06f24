package io.facedrop.manifest.url;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges image URLs before anything is paid for them; lenient where the API may judge better. */
public final class ImageUrl {

  /** The longest URL that is accepted unless somebody says otherwise, in characters. */
  public static final int LONGEST = 8_192;

  /** What stands in a text for what was no character, such as half of a surrogate pair. */
  public static final char LOST = '\uFFFD';

  private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");
  private static final Pattern AUTHORITY = Pattern.compile("//([^/?#]*).*");

  private ImageUrl() {}

  /** The URL without what is blank around it. */
  public static String trimmed(String url) {
    int start = 0;
    int end = url.length();
    while (start < end && isBlank(url.charAt(start))) {
      start++;
    }
    while (start < end && isBlank(url.charAt(end - 1))) {
      end--;
    }
    return url.substring(start, end);
  }

  private static boolean isBlank(int character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /**
   * Returns a sentence that names what is wrong, or empty when the URL is acceptable; the sentence
   * repeats nothing of the URL.
   *
   * @param longest characters that it may have
   */
  public static Optional<String> fault(String url, int longest) {
    if (url == null || url.isEmpty()) {
      return Optional.of("The URL is empty.");
    }
    if (url.length() > longest) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "The URL has %d characters; facedrop.image.max-url allows %d.",
              url.length(),
              longest));
    }
    for (int i = 0; i < url.length(); i++) {
      if (isBlankOrControl(url.charAt(i))) {
        return Optional.of(blankAt(url, i));
      }
    }
    if (url.indexOf(LOST) >= 0) {
      return Optional.of("The URL contains U+FFFD, which stands for a character that was lost.");
    }
    return faultOfParts(url);
  }

  private static boolean isBlankOrControl(int character) {
    return isBlank(character) || Character.isISOControl(character);
  }

  private static String blankAt(String url, int index) {
    char found = url.charAt(index);
    return String.format(
        Locale.ROOT,
        "The URL has %s as its character %d of %d; write it as %%20 or leave it out.",
        found == ' '
            ? "a blank"
            : String.format(
                Locale.ROOT,
                "%s (U+%04X)",
                isBlank(found) ? "white space" : "a control character",
                (int) found),
        index + 1,
        url.length());
  }

  private static Optional<String> faultOfParts(String url) {
    Matcher absolute = ABSOLUTE.matcher(url);
    if (!absolute.matches()) {
      return Optional.of("The URL is not absolute: it has no scheme.");
    }
    if (!absolute.group(1).equalsIgnoreCase("http")
        && !absolute.group(1).equalsIgnoreCase("https")) {
      return Optional.of("The URL's scheme is neither http nor https.");
    }
    return faultOfAuthority(absolute.group(2));
  }

  private static Optional<String> faultOfAuthority(String rest) {
    Matcher matcher = AUTHORITY.matcher(rest);
    String authority = matcher.matches() ? matcher.group(1) : "";
    if (authority.indexOf('@') >= 0) {
      return Optional.of("The URL bears user information, which is not allowed.");
    }
    if (authority.isEmpty() || authority.startsWith(":")) {
      return Optional.of("The URL is not absolute: it has no host.");
    }
    return Optional.empty();
  }
}
