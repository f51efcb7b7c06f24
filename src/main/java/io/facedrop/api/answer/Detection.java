package io.facedrop.api.answer;

/**
 * The faces of an image.
 *
 * @param detectId what a multi-face swap needs; valid for an hour
 * @param faceCount 0 for an image without faces
 * @param faces the API's list of faces, as JSON
 */
public record Detection(String detectId, int faceCount, String faces) {}
