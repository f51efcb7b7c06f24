package io.facedrop.sandbox;

import java.util.Map;

/**
 * What is sent for a request, how and when.
 *
 * @param status the HTTP status
 * @param code the code in the body, 0 where there is none
 * @param contentType the media type
 * @param body the bytes
 * @param headers further headers
 * @param manner how the bytes are sent
 * @param delayMillis how late, beside the latency of every answer
 */
record Reply(
    int status,
    int code,
    String contentType,
    Payload body,
    Map<String, String> headers,
    Manner manner,
    long delayMillis) {

  static final String JSON = "application/json";

  /** How the bytes of an answer are sent. */
  enum Manner {
    WHOLE,
    CHUNKED,
    DRIP,
    HANG,
    RESET,
    RESET_MID
  }

  static Reply json(int status, int code, Payload body) {
    return new Reply(status, code, JSON, body, Map.of(), Manner.WHOLE, 0);
  }

  Reply with(Map<String, String> more) {
    return new Reply(status, code, contentType, body, more, manner, delayMillis);
  }

  Reply later(long millis) {
    return millis == 0
        ? this
        : new Reply(status, code, contentType, body, headers, manner, delayMillis + millis);
  }

  /** The code for the journal: the status stands in where a whole answer bears no code. */
  int journalled() {
    if (manner != Manner.WHOLE && manner != Manner.CHUNKED) {
      return 0;
    }
    return code == 0 ? status : code;
  }
}
