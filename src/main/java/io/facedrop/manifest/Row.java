package io.facedrop.manifest;

/**
 * One row of a manifest, its other cells as ready-made text of the output format.
 *
 * <p>An output row is {@code before + encoded(imageUrl) + after} and then our own columns, as
 * {@code RowText} writes it. For CSV, {@code before} holds each cell left of the URL followed by a
 * delimiter, {@code after} each cell right of it preceded by one; so the first has no {@code
 * before}, the last no {@code after}, and an only column neither. For TXT both are empty. For JSONL
 * they are slices of the object's source: from its brace to where the URL's value starts, and from
 * behind that value to the end of the last member, without the closing brace.
 *
 * @param line the physical line on which the row starts, from 1; lines end with LF or CRLF
 * @param imageUrl the cell exactly as it is, perhaps empty; for a JSON value that is no string its
 *     source text, for null and a missing key the empty string
 * @param origin {@code facedrop_origin} of an earlier run, or null
 * @param detectTaskId {@code facedrop_detect_task_id} of an earlier run, or null
 */
public record Row(
    long line, String imageUrl, String before, String after, String origin, String detectTaskId) {}
