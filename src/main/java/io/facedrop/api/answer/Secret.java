package io.facedrop.api.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Something never to be seen in a text, should anybody repeat it there: as it is, or as it is
 * written in JSON, in a URL or in Base64. A short one stands in other words by chance, so it is
 * hidden only where it stands alone.
 */
public final class Secret {
  private static final String STARS = "***";
  private static final int SHORTEST = 8;

  private final String value;
  private final List<String> forms;
  private final Pattern alone;

  public Secret(String value) {
    this.value = value;
    forms =
        Stream.of(value, json(value), URLEncoder.encode(value, UTF_8), base64(value))
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    alone = Pattern.compile("(?<![\\p{L}\\p{N}])" + Pattern.quote(value) + "(?![\\p{L}\\p{N}])");
  }

  /** Whether it is none, or so short that it stands in ids and links by chance. */
  public boolean isShort() {
    return value.length() < SHORTEST;
  }

  public boolean isIn(String text) {
    return !isShort() && forms.stream().anyMatch(text::contains);
  }

  /** The text without it. */
  public String hiddenIn(String text) {
    if (value.isEmpty()) {
      return text;
    }
    if (isShort()) {
      return alone.matcher(text).replaceAll(Matcher.quoteReplacement(STARS));
    }
    String shown = text;
    for (String form : forms) {
      shown = shown.replace(form, STARS);
    }
    return shown;
  }

  private static String json(String value) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(value));
  }

  private static String base64(String value) {
    return Base64.getEncoder().withoutPadding().encodeToString(value.getBytes(UTF_8));
  }

  @Override
  public String toString() {
    return STARS;
  }
}
