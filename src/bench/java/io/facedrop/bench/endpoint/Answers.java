package io.facedrop.bench.endpoint;

import java.nio.charset.StandardCharsets;

/** The API's answers, always the same but for the task's id. */
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

  private static final byte[] FINISHED =
      of(
          """
          {"code":200,"message":"success","data":{"detect_task_id":"bench0000000000",\
          "result":{"id":"m1oZzqYp9dN","status":"succeed","type":"face_detect","hair_id":null,\
          "faces":[{"id":0,"link":"https://example.com/detected-face-0.jpg"}],\
          "started_at":"2026-05-27 13:14:03","finished_at":"2026-05-27 13:14:04","error":null},\
          "status":"succeeded","error":null}}""");
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
    String task = target.substring(target.indexOf('=') + 1);
    if (task.length() != NO_TASK.length()) {
      return REFUSED;
    }
    byte[] answer = FINISHED.clone();
    for (int at = 0; at < task.length(); at++) {
      answer[TASK + at] = (byte) task.charAt(at);
    }
    return answer;
  }

  private static int lastDigit(byte[] answer) {
    return first(answer) + NO_TASK.length() - 1;
  }

  /** Where the task's id begins. */
  private static int first(byte[] answer) {
    return new String(answer, StandardCharsets.US_ASCII).indexOf(NO_TASK);
  }
}
