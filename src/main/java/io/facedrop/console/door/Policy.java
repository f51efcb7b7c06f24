package io.facedrop.console.door;

/**
 * What a browser may do with an answer: show it by our style and script, and nothing else. It says
 * so in the header {@code Content-Security-Policy}.
 */
public final class Policy {
  public static final String HEADER = "Content-Security-Policy";

  static final String STRICT =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private Policy() {}

  /**
   * The same, and pictures of one place.
   *
   * @param origin scheme, host and port, without anything that the header could take for its own
   */
  public static String withPicturesOf(String origin) {
    return STRICT + "; img-src " + origin;
  }
}
