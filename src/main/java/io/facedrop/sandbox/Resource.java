package io.facedrop.sandbox;

/** The endpoints of the API, as in API.md. */
enum Resource {
  DETECT,
  RESULT,
  BALANCE,
  OTHER;

  private static final String JOB = "/api/v1/client/job/";

  static Resource of(String method, String path) {
    if (method.equals("POST") && path.equals(JOB + "detect-face-image")) {
      return DETECT;
    }
    if (!method.equals("GET")) {
      return OTHER;
    }
    return switch (path) {
      case JOB + "detect-face-result" -> RESULT;
      case "/api/v1/client/account/balance" -> BALANCE;
      default -> OTHER;
    };
  }
}
