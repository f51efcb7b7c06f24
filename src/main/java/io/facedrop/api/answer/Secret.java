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
 * A secret to mask in texts, also in the forms of JSON, URLs and Base64. A short secret may occur
 * in other words by chance, so it is masked only where it is a whole word.
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

  /** Whether it is empty, or so short that it may occur in ids and links by chance. */
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
