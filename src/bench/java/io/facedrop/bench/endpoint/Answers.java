package io.facedrop.bench.endpoint;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The API's answers, always the same but for the task's id and its times. */
final class Answers {
  static final byte[] REFUSED =
      of("{\"code\":422,\"message\":\"no x-api-key or no image of this manifest\",\"data\":{}}");

  private static final String NO_TASK = "bench0000000000";
  private static final byte[] CREATED =
      of(
          "{\"code\":200,\"message\":\"success\",\"data\":{\"detect_task_id\":\""
              + NO_TASK
              + "\"}}");
  private static final int LAST_DIGIT = lastDigit(CREATED);

  private static final String STARTED = "2026-05-27 13:14:03";
  private static final String ENDED = "2026-05-27 13:14:04";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String RESULT =
      """
      {"code":200,"message":"success","data":{"detect_task_id":"bench0000000000",\
      "result":{"id":"m1oZzqYp9dN","status":"succeed","type":"face_detect","hair_id":null,\
      "faces":[{"id":0,"link":"https://example.com/detected-face-0.jpg"}],\
      "started_at":"2026-05-27 13:14:03","finished_at":"2026-05-27 13:14:04","error":null},\
      "status":"succeeded","error":null}}""";
  private static final String NO_RESULT =
      """
      {"code":200,"message":"success","data":{"detect_task_id":"bench0000000000",\
      "result":null,"status":"processing","error":null}}""";
  private static final byte[] FINISHED = of(RESULT);
  private static final int TASK = first(FINISHED);

  private Answers() {}

  static byte[] of(String body) {
    return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The task of this number is created. */
  static byte[] created(long number) {
    byte[] answer = CREATED.clone();
    int at = LAST_DIGIT;
    for (long rest = number; rest > 0; rest /= 10) {
      answer[at--] = (byte) ('0' + rest % 10);
    }
    return answer;
  }

  /** The task that the target asks for has found one face. */
  static byte[] finished(String target) {
    String task = task(target);
    if (task.length() != NO_TASK.length()) {
      return REFUSED;
    }
    byte[] answer = FINISHED.clone();
    for (int at = 0; at < task.length(); at++) {
      answer[TASK + at] = (byte) task.charAt(at);
    }
    return answer;
  }

  /** The task has found one face, between these times of day. */
  static byte[] finished(String target, long startedMillis, long endedMillis) {
    return of(
        RESULT
            .replace(NO_TASK, task(target))
            .replace(STARTED, TIME.format(Instant.ofEpochMilli(startedMillis)))
            .replace(ENDED, TIME.format(Instant.ofEpochMilli(endedMillis))));
  }

  static byte[] processing(String target) {
    return of(NO_RESULT.replace(NO_TASK, task(target)));
  }

  /** Of the task that the target asks for; 0 if it is none of ours. */
  static int taskNumber(String target) {
    String task = task(target);
    return task.matches("bench\\d{10}") ? Integer.parseInt(task, 5, task.length(), 10) : 0;
  }

  private static String task(String target) {
    return target.substring(target.indexOf('=') + 1);
  }

  private static int lastDigit(byte[] answer) {
    return first(answer) + NO_TASK.length() - 1;
  }

  /** Where the task's id begins. */
  private static int first(byte[] answer) {
    return new String(answer, StandardCharsets.US_ASCII).indexOf(NO_TASK);
  }
}
