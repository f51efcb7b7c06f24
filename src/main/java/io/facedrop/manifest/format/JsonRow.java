package io.facedrop.manifest.format;

import io.facedrop.manifest.Column;
import io.facedrop.manifest.Row;
import io.facedrop.manifest.url.ImageUrl;
import java.util.regex.Pattern;

/** Cuts an object's source text around its URL, leaving our own members out. */
final class JsonRow {

  /** Of a pair it is none: they are one code point. */
  private static final Pattern SURROGATE = Pattern.compile("\\p{Cs}");

  private final char[] source;
  private final StringBuilder before = new StringBuilder();
  private final StringBuilder after = new StringBuilder();
  private int end;
  private boolean anyMember;
  private boolean anyKept;
  private String imageUrl;
  private String origin;
  private String detectTaskId;

  JsonRow(char[] source, int brace) {
    this.source = source;
    this.end = brace;
  }

  boolean hasImageUrl() {
    return imageUrl != null;
  }

  /**
   * Takes the next member.
   *
   * @param text the value when it is a string (null as the empty string), else null
   */
  void member(Column role, int keyStart, int valueStart, int valueEnd, String text) {
    switch (role) {
      case OWN -> keep(keyStart, valueEnd);
      case IMAGE_URL -> {
        keep(keyStart, valueStart);
        imageUrl = text == null ? slice(valueStart, valueEnd) : ImageUrl.trimmed(wellFormed(text));
      }
      case ORIGIN -> origin = nullIfEmpty(text);
      case DETECT_TASK_ID -> detectTaskId = nullIfEmpty(text);
      case DROPPED -> {}
    }
    anyMember = true;
    end = valueEnd;
  }

  private void keep(int from, int to) {
    StringBuilder target = hasImageUrl() ? after : before;
    if (anyMember && !anyKept) {
      target.append('{');
    } else {
      target.append(source, end, from - end);
    }
    target.append(source, from, to - from);
    anyKept = true;
  }

  /** Completes the row; a URL that is missing gets its place behind the last member. */
  Row complete(String column, long line) {
    if (!hasImageUrl()) {
      before.append(anyKept ? ',' : '{');
      JsonText.append(before, column);
      before.append(':');
    }
    return new Row(
        line,
        hasImageUrl() ? imageUrl : "",
        before.toString(),
        after.toString(),
        origin,
        detectTaskId);
  }

  private String slice(int from, int to) {
    return new String(source, from, to - from);
  }

  /** Half of a surrogate pair can be kept nowhere, and must not become another address. */
  private static String wellFormed(String url) {
    return SURROGATE.matcher(url).replaceAll(String.valueOf(ImageUrl.LOST));
  }

  private static String nullIfEmpty(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
