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

  private static final String FINISHED =
      """
      {"code":200,"message":"success","data":{"detect_task_id":"%s",\
      "result":{"id":"m1oZzqYp9dN","status":"succeed","type":"face_detect","hair_id":null,\
      "faces":[{"id":0,"link":"https://example.com/detected-face-0.jpg"}],\
      "started_at":"2026-05-27 13:14:03","finished_at":"2026-05-27 13:14:04","error":null},\
      "status":"succeeded","error":null}}""";

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
    return of(FINISHED.formatted(target.substring(target.indexOf('=') + 1)));
  }

  private static int lastDigit(byte[] answer) {
    String text = new String(answer, StandardCharsets.US_ASCII);
    return text.indexOf(NO_TASK) + NO_TASK.length() - 1;
  }
}
