package io.facedrop.integration;

/** The routes cannot be used as they are; the message says which and why. */
public final class RoutesException extends RuntimeException {
  RoutesException(String message) {
    super(message);
  }

  RoutesException(String message, Throwable cause) {
    super(message, cause);
  }
}
