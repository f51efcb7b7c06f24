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

  private static final int LONGEST_ID = 1024;
  private static final String SUCCEEDED = "succeeded";
  static final String FAILED = "failed";

  /** No code could be read, nor does the HTTP status stand for one: what happened is unknown. */
  public static final int NONE = 0;

  /** The task's id, or null. */
  public String detectTaskId() {
    return id(data.path("detect_task_id"));
  }

  /** How far the task is: the outer {@code data.status}, or null. */
  public String status() {
    return data.path("status").textValue();
  }

  /**
   * The faces of a task that succeeded; null for any other, or where the result cannot be read. A
   * list that is null is an empty one.
   */
  public Detection detection() {
    JsonNode result = data.path("result");
    JsonNode faces = result.path("faces");
    String id = id(result.path("id"));
    if (!SUCCEEDED.equals(status()) || id == null || !(faces.isArray() || faces.isNull())) {
      return null;
    }
    return new Detection(id, faces.size(), faces.isNull() ? "[]" : faces.toString());
  }

  private static String id(JsonNode node) {
    boolean readable = node.isTextual() || node.isIntegralNumber();
    String id = readable ? node.asText() : "";
    return id.isBlank() || id.length() > LONGEST_ID ? null : id;
  }
}
