package io.facedrop.bench.contender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;

/**
 * What the API says about a row; Jackson on both ways, as camel-jackson does it.
 *
 * @param status of the task; empty in the answer to a create
 * @param faces as JSON; empty before the task has ended
 */
record Reply(int code, String message, String taskId, String status, String faces) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Reply read(byte[] body) throws IOException {
    JsonNode answer = JSON.readTree(body);
    JsonNode data = answer.path("data");
    return new Reply(
        answer.path("code").asInt(),
        answer.path("message").asText(),
        data.path("detect_task_id").asText(),
        data.path("status").asText(),
        data.path("result").path("faces").toString());
  }

  static byte[] request(String url) throws IOException {
    return JSON.writeValueAsBytes(Map.of("image_url", url));
  }

  boolean isSuccess() {
    return code == 200;
  }
}
