package io.facedrop.ledger;

import java.time.Instant;

/**
 * A row as its output file tells it.
 *
 * @param before the row's own text before its URL, in the output's format
 * @param after the row's own text behind its URL
 * @param origin {@code batch:line} of its first drop; null when this is the first
 * @param detectTaskId null when there is none
 * @param charged {@code yes}, {@code no} or {@code unknown}
 * @param reason null for a success
 * @param code the API's; null when there was none
 * @param httpStatus null when there was no answer
 */
public record SettledRow(
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
    String message) {}
