package io.facedrop.console.page;

import io.facedrop.manifest.url.UrlRule;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The picture of a row, which a browser loads when somebody has asked for it.
 *
 * @param origin that it is loaded from: scheme, host and port
 */
record Picture(String url, String origin) {
  /** Written so that everybody reads it alike; a browser would be allowed another place else. */
  private static final Pattern PLAIN =
      Pattern.compile(
          "(https?://[a-z0-9-]+(?:\\.[a-z0-9-]+)*(?::\\d{1,5})?)(?:[/?#].*)?",
          Pattern.CASE_INSENSITIVE);

  /** Empty where it could be anything but a picture of one host that the rule lets through. */
  static Optional<Picture> of(String url, UrlRule rule) {
    Matcher plain = PLAIN.matcher(url);
    return plain.matches() && rule.fault(url).isEmpty()
        ? Optional.of(new Picture(url, plain.group(1).toLowerCase(Locale.ROOT)))
        : Optional.empty();
  }
}
