package io.facedrop.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.hc.core5.http.Header;

/**
 * A request as the contract sees it: whether its key is accepted, never the key.
 *
 * @param endpoint what it asks for
 * @param method the HTTP method
 * @param path the path without the query
 * @param keyAccepted whether it bears an accepted key
 * @param image the body of a POST to the detection endpoint, or null
 * @param taskId the task asked for, or null
 * @param wire what it looked like
 */
record Inquiry(
    Resource endpoint,
    String method,
    String path,
    boolean keyAccepted,
    ImageRequest image,
    String taskId,
    Wire wire) {

  /**
   * A request as it was sent, for the journal.
   *
   * @param headers by their names; of a secret one only that it is there
   * @param body as text; null where there is none
   */
  record Wire(Map<String, String> headers, String body) {
    private static final List<String> SECRET =
        List.of("x-api-key", "authorization", "proxy-authorization", "cookie");

    static Wire of(Header[] headers) {
      Map<String, String> kept = new LinkedHashMap<>();
      for (Header header : headers) {
        boolean secret = SECRET.contains(header.getName().toLowerCase(Locale.ROOT));
        kept.merge(
            header.getName(),
            secret ? "(present)" : text(header),
            (one, other) -> secret ? one : one + ", " + other);
      }
      return new Wire(kept, null);
    }

    /** Whoever reads a header takes each byte for a letter; facedrop sends UTF-8. */
    private static String text(Header header) {
      String letters = Objects.toString(header.getValue(), "");
      return new String(letters.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    Wire with(byte[] body) {
      return new Wire(headers, new String(body, StandardCharsets.UTF_8));
    }
  }

  private static final String TASK_ID = "detect_task_id=";

  static Inquiry of(String method, String target, boolean keyAccepted, Wire wire) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Resource endpoint = Resource.of(method, path);
    String taskId =
        endpoint == Resource.RESULT && mark >= 0 ? taskId(target.substring(mark + 1)) : null;
    return new Inquiry(endpoint, method, path, keyAccepted, null, taskId, wire);
  }

  Inquiry with(ImageRequest body) {
    return new Inquiry(endpoint, method, path, keyAccepted, body, taskId, wire);
  }

  /** With what its body says, for the journal. */
  Inquiry with(byte[] body) {
    return new Inquiry(endpoint, method, path, keyAccepted, image, taskId, wire.with(body));
  }

  /** What repeated requests have in common, for tokens that are obeyed a number of times. */
  String subject() {
    return image != null ? image.imageUrl() : taskId;
  }

  private static String taskId(String query) {
    for (String parameter : query.split("&")) {
      if (parameter.startsWith(TASK_ID)) {
        return decoded(parameter.substring(TASK_ID.length()));
      }
    }
    return null;
  }

  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return value;
    }
  }
}
