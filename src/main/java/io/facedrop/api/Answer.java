package io.facedrop.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the API answered, read once.
 *
 * @param httpStatus of the response
 * @param bodyCode the body's {@code code}; null when there is no readable one
 * @param code decides: the body's code, else what the HTTP status stands for, else {@link #NONE}
 * @param message the body's free text, shortened; empty when there is none
 * @param data the body's {@code data}; a missing node when there is none
 * @param retryAfter the header's value; null when there is none
 */
public record Answer(
    int httpStatus, Integer bodyCode, int code, String message, JsonNode data, String retryAfter) {

  /** No code could be read, nor does the HTTP status stand for one: what happened is unknown. */
  public static final int NONE = 0;

  /** The task's id, or null. */
  public String detectTaskId() {
    JsonNode id = data.path("detect_task_id");
    boolean readable = id.isTextual() || id.isIntegralNumber();
    return readable && !id.asText().isBlank() ? id.asText() : null;
  }
}
