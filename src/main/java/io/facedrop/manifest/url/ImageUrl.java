package io.facedrop.manifest.url;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Judges image URLs before anything is paid for them; lenient where the API may judge better. */
public final class ImageUrl {

  /** The default of the longest accepted URL, in characters. */
  public static final int LONGEST = 8_192;

  /** What stands in a text for what was no character, such as half of a surrogate pair. */
  public static final char LOST = '\uFFFD';

  /**
   * What comes along unseen when text is copied: the soft hyphen, the zero-width space, the word
   * joiner, the byte order mark and the marks of writing direction. Joiners are not among them, for
   * some scripts need them.
   */
  private static final String INVISIBLE =
      "\u00AD\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF";

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

  private static boolean isBlank(char character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || INVISIBLE.indexOf(character) >= 0;
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

  private static boolean isBlankOrControl(char character) {
    return isBlank(character) || Character.isISOControl(character);
  }

  private static String blankAt(String url, int index) {
    char found = url.charAt(index);
    return String.format(
        Locale.ROOT,
        "The URL has %s as its character %d of %d; %s.",
        found == ' '
            ? "a blank"
            : String.format(Locale.ROOT, "%s (U+%04X)", kind(found), (int) found),
        index + 1,
        url.length(),
        INVISIBLE.indexOf(found) >= 0 ? "leave it out" : "write it as %20 or leave it out");
  }

  private static String kind(char found) {
    if (INVISIBLE.indexOf(found) >= 0) {
      return "an invisible character";
    }
    return isBlank(found) ? "white space" : "a control character";
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
