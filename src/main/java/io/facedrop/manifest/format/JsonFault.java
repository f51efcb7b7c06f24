package io.facedrop.manifest.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.facedrop.manifest.Excerpt;
import io.facedrop.manifest.ManifestRejectedException;

/** Says what is wrong with a line that is not one JSON object. */
final class JsonFault {
  private static final String WHOLE = "one whole object on each line";

  /** How Jackson begins what it says of a key that is there twice; it has no type for that. */
  private static final String DUPLICATE = "Duplicate field";

  private JsonFault() {}

  /**
   * A line of another kind.
   *
   * @param first the line's first token; null for none
   */
  static ManifestRejectedException noObject(JsonToken first, long line) {
    return malformed(WHOLE, first == null ? "nothing" : nameOf(first), line);
  }

  static ManifestRejectedException moreBehind(long line) {
    return malformed("the end of the line", "more behind the object", line);
  }

  /**
   * What the parser refuses.
   *
   * @param text of the line
   */
  static ManifestRejectedException of(
      JsonProcessingException refusal, JsonParser parser, String text, long line) {
    if (refusal instanceof JsonEOFException) {
      return malformed(WHOLE, "only a part of one: " + Excerpt.of(text), line);
    }
    return refusal.getOriginalMessage().startsWith(DUPLICATE)
        ? duplicate(parser.getParsingContext(), line)
        : malformed("valid JSON", Excerpt.of(refusal.getOriginalMessage()), line);
  }

  /** A key of the row is a column of the manifest; any other is a part of a value. */
  private static ManifestRejectedException duplicate(JsonStreamContext object, long line) {
    String expected = "each key of an object once";
    String found = Excerpt.of(object.getCurrentName()) + " twice";
    return object.getParent().inRoot()
        ? new ManifestRejectedException(
            "DUPLICATE_COLUMN", "more than one key of the same name", expected, found, line)
        : malformed(expected, found, line);
  }

  private static ManifestRejectedException malformed(String expected, String found, long line) {
    return new ManifestRejectedException("MALFORMED_JSON", "malformed JSON", expected, found, line);
  }

  private static String nameOf(JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      default -> "something else";
    };
  }
}
