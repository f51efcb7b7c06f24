package io.facedrop.api.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.facedrop.api.gate.RetryAfter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Sets the variables {@code answer}, {@code code}, {@code detectTaskId}, {@code status} and {@code
 * detection} from the API's answer, for the branch in the route. For a row, it uses the answer that
 * the HTTP client has read, even if the route has changed the message since.
 *
 * <p>The body's {@code code} decides if it is one of the API's codes, as a number or as text.
 * Otherwise the HTTP status decides if it is one of these codes; 503 counts as 455 (refused, not
 * charged).
 */
public final class AnswerReader implements Processor {
  public static final String ANSWER = "answer";
  public static final String CODE = "code";
  public static final String DETECT_TASK_ID = "detectTaskId";
  public static final String STATUS = "status";
  public static final String DETECTION = "detection";

  private static final int DEEPEST = 64;
  private static final int LONGEST_MESSAGE = 500;

  private final ObjectMapper mapper =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true));
  private final Secret secret;

  /**
   * @param secret never to be seen in a message, should the API echo it
   */
  public AnswerReader(String secret) {
    this.secret = new Secret(secret);
  }

  public boolean isSecretIn(String text) {
    return secret.isIn(text);
  }

  @Override
  public void process(Exchange exchange) {
    RequestTrail trail = exchange.getProperty(RequestTrail.PROPERTY, RequestTrail.class);
    Answer read = trail == null ? null : trail.answer();
    Answer answer = read == null ? read(exchange.getMessage()) : read;
    exchange.setVariable(ANSWER, answer);
    exchange.setVariable(CODE, answer.code());
    exchange.setVariable(DETECT_TASK_ID, answer.detectTaskId());
    if (answer.status() != null) {
      exchange.setVariable(STATUS, answer.status());
      exchange.setVariable(DETECTION, answer.detection());
    }
  }

  private Answer read(Message message) {
    return read(
        message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class),
        message.getBody(),
        RetryAfter.bySender(
            message.getHeader("Retry-After", String.class),
            message.getHeader("Date", String.class)));
  }

  /**
   * Reads one answer.
   *
   * @param body bytes or a stream of JSON, or anything else that came instead; null for none
   */
  public Answer read(int httpStatus, Object body, String retryAfter) {
    JsonNode envelope = envelope(body);
    JsonNode data = data(envelope);
    Integer code = code(envelope.path("code"));
    int standIn = standIn(httpStatus);
    boolean decides = code != null && (Answer.isKnown(code) || standIn == Answer.NONE);
    String status = data.path("status").textValue();
    return new Answer(
        httpStatus,
        decides ? code : null,
        decides ? code : standIn,
        shortened(words(envelope)),
        data,
        status == null ? null : shortened(status),
        masked(Answer.detection(data)),
        retryAfter);
  }

  private JsonNode envelope(Object body) {
    try {
      JsonNode node = null;
      if (body instanceof InputStream stream) {
        node = mapper.readTree(stream);
      } else if (body instanceof byte[] bytes) {
        node = mapper.readTree(bytes);
      }
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }

  /** An id that holds the key is none that anybody could use, or should ever see. */
  private JsonNode data(JsonNode envelope) {
    JsonNode data = envelope.path("data");
    boolean clean =
        Stream.of(data.path("detect_task_id"), data.path("result").path("id"))
            .noneMatch(id -> secret.isIn(id.asText()));
    return clean ? data : MissingNode.getInstance();
  }

  private static Integer code(JsonNode node) {
    if (node.isNumber() && node.canConvertToExactIntegral() && node.canConvertToInt()) {
      return node.intValue();
    }
    return node.isTextual() && node.textValue().trim().matches("\\d{1,9}")
        ? Integer.valueOf(node.textValue().trim())
        : null;
  }

  /** Why a task failed says more than that the question was answered. */
  private static String words(JsonNode envelope) {
    JsonNode data = envelope.path("data");
    for (JsonNode error : List.of(data.path("error"), data.path("result").path("error"))) {
      String words = error.isContainerNode() ? error.toString() : error.asText("");
      if (!words.isBlank() && !(error.isContainerNode() && error.isEmpty())) {
        return words;
      }
    }
    return Answer.FAILED.equals(data.path("status").textValue())
        ? "the task ended as failed, without a reason"
        : withErrors(envelope.path("message").asText(""), envelope.path("errors"));
  }

  /** A 422 may list what is wrong beside its message. */
  private static String withErrors(String message, JsonNode errors) {
    if (errors.isEmpty()) {
      return message.isBlank() ? "" : message;
    }
    String listed =
        StreamSupport.stream(errors.spliterator(), false)
            .map(error -> error.isValueNode() ? error.asText() : error.toString())
            .filter(error -> !error.isBlank())
            .collect(Collectors.joining("; "));
    return Stream.of(message, listed)
        .filter(words -> !words.isBlank())
        .collect(Collectors.joining(": "));
  }

  /** Without the secret, and no longer than a message may be. */
  private String shortened(String words) {
    String text = secret.hiddenIn(words);
    return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, cut(text)) + "…";
  }

  private Detection masked(Detection detection) {
    return detection == null || !secret.isIn(detection.faces())
        ? detection
        : new Detection(
            detection.detectId(), detection.faceCount(), secret.hiddenIn(detection.faces()));
  }

  /** Where to cut, not in the middle of a character that takes two places. */
  private static int cut(String text) {
    return Character.isHighSurrogate(text.charAt(LONGEST_MESSAGE - 1))
        ? LONGEST_MESSAGE - 1
        : LONGEST_MESSAGE;
  }

  private static int standIn(int httpStatus) {
    return switch (httpStatus) {
      case 401, 402, 403, 404, 422, 429, 500, 501, 505 -> httpStatus;
      case 503 -> 455;
      default -> Answer.NONE;
    };
  }
}
