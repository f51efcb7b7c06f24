package io.facedrop.ledger.model;

import java.time.Instant;

/**
 * A row as its part shows it.
 *
 * @param before the row's own text before its URL, in the output's format
 * @param after the row's own text after its URL
 * @param origin {@code batch:line} of its first drop; null when this is the first
 * @param detectTaskId null when there is none
 * @param charged {@code yes}, {@code no} or {@code unknown}
 * @param reason null for a success
 * @param code the API's; null when there was none
 * @param httpStatus null when there was no answer
 * @param detectId null unless the faces are known; the same for all following parameters
 * @param faceCount 0 for a row without faces
 * @param faces the API's list of faces, as JSON
 * @param detectedAt when facedrop learnt of the faces
 * @param expiresAt when the detect id expires, at the latest; never later than it does
 */
public record EndedRow(
    long line,
    String imageUrl,
    String before,
    String after,
    String origin,
    int attempts,
    int requests,
    boolean possibleDuplicate,
    String detectTaskId,
    String charged,
    Instant settledAt,
    String reason,
    Integer code,
    Integer httpStatus,
    String message,
    String detectId,
    Integer faceCount,
    String faces,
    Instant detectedAt,
    Instant expiresAt) {

  /** Of its texts, by which it takes memory. */
  public long characters() {
    return imageUrl.length()
        + before.length()
        + after.length()
        + (faces == null ? 0 : faces.length());
  }
}
