package io.facedrop.sandbox;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes the API's envelope, {@code {"code":…,"message":"…","data":{…}}}. */
final class Envelope {
  private final HttpStatusStyle style;
  private final Answer outOfCredits;
  private final Answer unauthorized;
  private final Answer notFound;
  private final Answer failed;

  Envelope(HttpStatusStyle style) {
    this.style = style;
    outOfCredits = failure(402, "Insufficient Credits: the sandbox account is empty");
    unauthorized =
        failure(401, "Unauthorized: the header x-api-key is missing or its key is not accepted");
    notFound = failure(404, "Not Found: the sandbox has no such endpoint or task");
    failed = failure(500, "Server Error (by the sandbox's failure share)");
  }

  Answer success(String data) {
    String body = "{\"code\":200,\"message\":\"success\",\"data\":" + data + "}";
    return Answer.json(200, 200, Payload.of(body));
  }

  Answer failure(int code, String message) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(message));
    String body = "{\"code\":" + code + ",\"message\":\"" + quoted + "\",\"data\":{}}";
    return Answer.json(style.statusOf(code), code, Payload.of(body));
  }

  Answer outOfCredits() {
    return outOfCredits;
  }

  Answer unauthorized() {
    return unauthorized;
  }

  Answer notFound() {
    return notFound;
  }

  Answer failed() {
    return failed;
  }
}
