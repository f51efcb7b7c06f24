package io.facedrop.api.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/**
 * What the API answered, read once.
 *
 * @param httpStatus of the response
 * @param bodyCode the body's {@code code} if it decides; otherwise null
 * @param code the first of these that there is: the body's code if it is one of the API's, the code
 *     for the HTTP status, any other code of the body, {@link #NONE}
 * @param message the body's free text, shortened; empty when there is none
 * @param data the body's {@code data}; a missing node when there is none
 * @param status of the task, the outer {@code data.status}; null when there is none
 * @param detection the faces of a task that succeeded; null for any other, or when the result
 *     cannot be read
 * @param retryAfter the header's value; null when there is none
 */
public record Answer(
    int httpStatus,
    Integer bodyCode,
    int code,
    String message,
    JsonNode data,
    String status,
    Detection detection,
    String retryAfter) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final int LONGEST_ID = 1024;
  private static final Set<Integer> KNOWN =
      Set.of(200, 401, 402, 403, 404, 422, 429, 455, 500, 501, 505);
  private static final String SUCCEEDED = "succeeded";
  public static final String FAILED = "failed";

  /** The API did what was asked. */
  public static final int OK = 200;

  /** No code could be read, nor does the HTTP status stand for one: what happened is unknown. */
  public static final int NONE = 0;

  /** The task's id, or null. */
  public String detectTaskId() {
    return id(data.path("detect_task_id"));
  }

  /** Whether its code is one of the API's, so that the API said what became of the request. */
  public boolean isKnown() {
    return isKnown(code);
  }

  public static boolean isKnown(int code) {
    return KNOWN.contains(code);
  }

  /** Whether the task has ended without a result. */
  public boolean hasFailed() {
    return FAILED.equals(status);
  }

  /** Whether the task runs, as far as its status can be understood. */
  public boolean isUnfinished() {
    return status != null && !FAILED.equals(status) && !SUCCEEDED.equals(status);
  }

  /**
   * The faces that a task's data tell, if it has succeeded; a list that is null is an empty one.
   */
  public static Detection detection(JsonNode data) {
    JsonNode result = data.path("result");
    JsonNode faces = result.path("faces");
    String id = id(result.path("id"));
    boolean succeeded = SUCCEEDED.equals(data.path("status").textValue());
    if (!succeeded || id == null || !(faces.isArray() || faces.isNull())) {
      return null;
    }
    return new Detection(
        id, faces.size(), faces.isNull() ? "[]" : faces.toString(), runMillis(result));
  }

  /** The API's times carry no zone; only their difference counts. */
  private static long runMillis(JsonNode result) {
    if (!result.path("started_at").isTextual() || !result.path("finished_at").isTextual()) {
      return Detection.UNKNOWN;
    }
    try {
      LocalDateTime started = LocalDateTime.parse(result.path("started_at").textValue(), TIME);
      LocalDateTime finished = LocalDateTime.parse(result.path("finished_at").textValue(), TIME);
      return Math.max(Detection.UNKNOWN, Duration.between(started, finished).toMillis());
    } catch (DateTimeException unreadable) {
      return Detection.UNKNOWN;
    }
  }

  private static String id(JsonNode node) {
    boolean readable = node.isTextual() || node.isIntegralNumber();
    String id = readable ? node.asText() : "";
    return id.isBlank() || id.length() > LONGEST_ID ? null : id;
  }
}
