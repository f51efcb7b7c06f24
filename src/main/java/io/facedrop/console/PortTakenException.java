package io.facedrop.console;

/** The port that the operator has chosen for the console cannot be listened on. */
public final class PortTakenException extends RuntimeException {
  PortTakenException(String message, Throwable cause) {
    super(message, cause);
  }
}
