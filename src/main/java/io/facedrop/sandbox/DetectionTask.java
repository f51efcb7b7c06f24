package io.facedrop.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A task whose id carries all that is needed to answer for it later, so that none is remembered.
 *
 * @param createdMillis when it was created, in milliseconds since the epoch
 * @param sequence tells tasks of the same millisecond apart
 * @param faces how many faces it finds
 * @param tokens the tokens that its results obey, joined by dots
 */
record DetectionTask(long createdMillis, long sequence, int faces, String tokens) {
  static final int MOST_FACES = 36 * 36 * 36 - 1;

  /** The words of a task that runs, goes on running and ends. */
  static final List<String> USUAL_STATUSES = List.of("starting", "processing", "succeeded");

  /** Long finished, as a task id that never changes should be. */
  static final DetectionTask CONSTANT =
      new DetectionTask(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli(), 0, 1, "");

  /** At the head of every id, so that an output says where its rows were worked. */
  private static final String MARK = "sandbox-";

  private static final int TIME_DIGITS = 8;
  private static final int SEQUENCE_DIGITS = 6;
  private static final int FACES_DIGITS = 3;
  private static final int CHECK_DIGITS = 2;
  private static final int TIME_END = MARK.length() + TIME_DIGITS;
  private static final int SEQUENCE_END = TIME_END + SEQUENCE_DIGITS;
  private static final int FACES_END = SEQUENCE_END + FACES_DIGITS;
  private static final int CHECK_END = FACES_END + CHECK_DIGITS;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  String id() {
    StringBuilder id = new StringBuilder(CHECK_END + tokens.length() + 1).append(MARK);
    append(id, createdMillis, TIME_DIGITS);
    append(id, sequence, SEQUENCE_DIGITS);
    append(id, faces, FACES_DIGITS);
    append(id, check(id.toString(), tokens), CHECK_DIGITS);
    return tokens.isEmpty() ? id.toString() : id.append('.').append(tokens).toString();
  }

  /** The task of an id that a sandbox gave out, or empty for any other text. */
  static Optional<DetectionTask> parse(String id) {
    try {
      DetectionTask task =
          new DetectionTask(
              Long.parseLong(id.substring(MARK.length(), TIME_END), 36),
              Long.parseLong(id.substring(TIME_END, SEQUENCE_END), 36),
              Integer.parseInt(id.substring(SEQUENCE_END, FACES_END), 36),
              id.length() > CHECK_END ? id.substring(CHECK_END + 1) : "");
      return Optional.of(task).filter(read -> read.id().equals(id));
    } catch (NumberFormatException | IndexOutOfBoundsException notOurs) {
      return Optional.empty();
    }
  }

  /** The {@code data} of its result. */
  String data(long nowMillis, Duration duration, List<String> statuses) {
    String status = status(nowMillis, duration, statuses);
    String result =
        switch (status) {
          case "succeeded" -> result(duration, "succeed", faceList(), "null");
          case "failed" -> result(duration, "failed", "", error());
          default -> "null";
        };
    return String.format(
        Locale.ROOT,
        """
        {"detect_task_id":"%s","result":%s,"status":"%s","error":%s}""",
        id(),
        result,
        status,
        status.equals("failed") ? error() : "null");
  }

  private String status(long nowMillis, Duration duration, List<String> statuses) {
    long age = nowMillis - createdMillis;
    if (age >= duration.toMillis()) {
      return statuses.get(2);
    }
    return statuses.get(age * 3 < duration.toMillis() ? 0 : 1);
  }

  private String result(Duration duration, String status, String faceList, String error) {
    return String.format(
        Locale.ROOT,
        """
        {"id":"%s","status":"%s","type":"face_detect","hair_id":null,"faces":[%s],\
        "started_at":"%s","finished_at":"%s","error":%s}""",
        detectId(),
        status,
        faceList,
        TIME.format(Instant.ofEpochMilli(createdMillis)),
        TIME.format(Instant.ofEpochMilli(createdMillis).plus(duration)),
        error);
  }

  private String detectId() {
    StringBuilder id = new StringBuilder(MARK);
    append(id, (createdMillis * 31 + sequence) * 0x9E3779B97F4A7C15L >>> 14, 10);
    return id.toString();
  }

  private String faceList() {
    StringBuilder list = new StringBuilder();
    for (int face = 0; face < faces; face++) {
      list.append(face == 0 ? "" : ",").append("{\"id\":").append(face);
      list.append(",\"link\":\"https://example.com/").append(detectId());
      list.append("/detected-face-").append(face).append(".jpg\"}");
    }
    return list.toString();
  }

  private static String error() {
    return "\"the sandbox was told to fail this task\"";
  }

  private static long check(String head, String tokens) {
    return Math.floorMod(head.hashCode() * 31 + tokens.hashCode(), 36 * 36);
  }

  private static void append(StringBuilder id, long number, int digits) {
    String text = Long.toString(number, 36);
    id.append("0".repeat(Math.max(0, digits - text.length())));
    id.append(text, Math.max(0, text.length() - digits), text.length());
  }
}
