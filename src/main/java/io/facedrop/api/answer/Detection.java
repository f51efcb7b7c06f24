package io.facedrop.api.answer;

/**
 * The faces of an image.
 *
 * @param detectId what a multi-face swap needs; valid for an hour
 * @param faceCount 0 for an image without faces
 * @param faces the API's list of faces, as JSON
 * @param runMillis how long the task ran by the API's clock, in milliseconds but precise to a
 *     second; {@link #UNKNOWN} if the API does not say
 */
public record Detection(String detectId, int faceCount, String faces, long runMillis) {
  public static final long UNKNOWN = -1;

  public Detection(String detectId, int faceCount, String faces) {
    this(detectId, faceCount, faces, UNKNOWN);
  }
}
