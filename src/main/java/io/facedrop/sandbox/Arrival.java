package io.facedrop.sandbox;

import java.time.Instant;

/**
 * A request that arrived at the sandbox; the key it bore is never kept.
 *
 * @param at the wall-clock time of its arrival
 * @param nanos the same moment as {@link System#nanoTime()}, for intervals
 * @param method the HTTP method
 * @param path the path without the query
 * @param imageUrl the {@code image_url} of a POST, or null where there was none
 * @param taskId the {@code detect_task_id} that a GET asked for, or null where there was none
 * @param code the code decided on, the HTTP status where the body bears no code, or 0 where no
 *     whole answer is sent
 */
public record Arrival(
    Instant at, long nanos, String method, String path, String imageUrl, String taskId, int code) {}
