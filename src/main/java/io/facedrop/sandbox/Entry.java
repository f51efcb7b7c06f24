package io.facedrop.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code answers.json} says of a token, field by field as it stands there. */
record Entry(
    String token,
    String description,
    JsonNode json,
    String text,
    String contentType,
    String status,
    String code,
    Map<String, String> headers,
    String manner,
    long padding,
    long delayMillis,
    boolean faces,
    boolean constantTaskId,
    List<String> statuses,
    String prefix,
    String suffix,
    int times) {

  /** Deep enough to overflow the stack of a parser that recurses. */
  private static final int DEPTH = 100_000;

  Entry {
    text = json == null ? text : template(json);
    code = json == null ? code : json.path("code").asText(null);
    contentType = contentType == null ? Reply.JSON : contentType;
    headers = headers == null ? Map.of() : headers;
    statuses = statuses == null ? List.of() : statuses;
  }

  boolean isAnswer() {
    return text != null || manner != null;
  }

  /** Whether the token changes others instead of standing alone. */
  boolean isModifier() {
    return prefix != null || suffix != null;
  }

  Reply.Manner sending() {
    return manner == null
        ? Reply.Manner.WHOLE
        : Reply.Manner.valueOf(manner.replace('-', '_').toUpperCase(Locale.ROOT));
  }

  private static String template(JsonNode json) {
    return json.toString()
        .replace("\"{N}\"", "{N}")
        .replace("\"{data}\"", "{data}")
        .replace("\"{deep}\"", "[".repeat(DEPTH) + "]".repeat(DEPTH));
  }
}
