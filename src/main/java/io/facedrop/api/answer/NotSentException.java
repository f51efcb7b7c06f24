package io.facedrop.api.answer;

import java.net.ConnectException;

/** There was no way to the API: the request certainly never left. */
public final class NotSentException extends ConnectException {
  public NotSentException(String message, Exception cause) {
    super(message);
    initCause(cause);
  }
}
