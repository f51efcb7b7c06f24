package io.facedrop.api;

/**
 * How the paths of the API's resources end, by which a request is known whatever route sends it.
 */
final class ApiPaths {
  static final String CREATE = "/job/detect-face-image";
  static final String BALANCE = "/account/balance";

  private ApiPaths() {}
}
