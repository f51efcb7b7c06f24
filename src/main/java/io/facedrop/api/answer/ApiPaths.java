package io.facedrop.api.answer;

/**
 * How the paths of the API's resources end, by which a request is known whatever route sends it.
 */
public final class ApiPaths {
  public static final String CREATE = "/job/detect-face-image";
  public static final String BALANCE = "/account/balance";

  private ApiPaths() {}
}
