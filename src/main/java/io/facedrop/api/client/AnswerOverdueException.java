package io.facedrop.api.client;

import java.io.IOException;
import java.time.Duration;

/** No complete answer came within {@code facedrop.api.response-timeout}. */
public final class AnswerOverdueException extends IOException {
  public AnswerOverdueException(Duration longest, IOException cause) {
    super("no complete answer within " + text(longest), cause);
  }

  private static String text(Duration longest) {
    long millis = longest.toMillis();
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
