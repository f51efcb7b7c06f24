package io.facedrop.sandbox;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Writes the API's envelope, {@code {"code":…,"message":"…","data":{…}}}. */
final class Envelope {
  private final HttpStatusStyle style;
  private final Reply outOfCredits;
  private final Reply unauthorized;
  private final Reply notFound;
  private final Reply failed;

  Envelope(HttpStatusStyle style) {
    this.style = style;
    outOfCredits = failure(402, "Insufficient Credits: the sandbox account is empty");
    unauthorized =
        failure(401, "Unauthorized: the header x-api-key is missing or its key is not accepted");
    notFound = failure(404, "Not Found: the sandbox has no such endpoint or task");
    failed = failure(500, "Server Error (by the sandbox's failure share)");
  }

  Reply success(String data) {
    String body = "{\"code\":200,\"message\":\"success\",\"data\":" + data + "}";
    return Reply.json(200, 200, Payload.of(body));
  }

  Reply failure(int code, String message) {
    String quoted = new String(JsonStringEncoder.getInstance().quoteAsString(message));
    String body = "{\"code\":" + code + ",\"message\":\"" + quoted + "\",\"data\":{}}";
    return Reply.json(style.statusOf(code), code, Payload.of(body));
  }

  Reply outOfCredits() {
    return outOfCredits;
  }

  Reply unauthorized() {
    return unauthorized;
  }

  Reply notFound() {
    return notFound;
  }

  Reply failed() {
    return failed;
  }
}
