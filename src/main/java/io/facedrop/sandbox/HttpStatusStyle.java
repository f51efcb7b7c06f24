package io.facedrop.sandbox;

/** How the HTTP status of an answer relates to the code in its body. */
public enum HttpStatusStyle {
  /** The HTTP status is 200 whatever the code is. */
  ALWAYS_200 {
    @Override
    int statusOf(int code) {
      return 200;
    }
  },

  /** The HTTP status equals the code, where the code can be an HTTP status (200 to 599). */
  MIRRORED {
    @Override
    int statusOf(int code) {
      return code >= 200 && code <= 599 ? code : 200;
    }
  };

  abstract int statusOf(int code);
}
