package io.facedrop.api;

import java.io.IOException;
import java.time.Duration;

/** No complete answer came within {@code facedrop.api.response-timeout}. */
public final class AnswerOverdueException extends IOException {
  AnswerOverdueException(Duration longest, IOException cause) {
    super("no complete answer within " + longest.toMillis() + " ms", cause);
  }
}
