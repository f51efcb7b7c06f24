package io.facedrop.sandbox;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A request as the contract sees it: whether its key is accepted, never the key.
 *
 * @param endpoint what it asks for
 * @param method the HTTP method
 * @param path the path without the query
 * @param keyAccepted whether it bears an accepted key
 * @param image the body of a POST to the detection endpoint, or null
 * @param taskId the task asked for, or null
 */
record Inquiry(
    Resource endpoint,
    String method,
    String path,
    boolean keyAccepted,
    ImageRequest image,
    String taskId) {

  private static final String TASK_ID = "detect_task_id=";

  static Inquiry of(String method, String target, boolean keyAccepted) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Resource endpoint = Resource.of(method, path);
    String taskId =
        endpoint == Resource.RESULT && mark >= 0 ? taskId(target.substring(mark + 1)) : null;
    return new Inquiry(endpoint, method, path, keyAccepted, null, taskId);
  }

  Inquiry with(ImageRequest body) {
    return new Inquiry(endpoint, method, path, keyAccepted, body, taskId);
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
