package io.facedrop.api.gate;

import java.time.Duration;

/**
 * The gate's numbers.
 *
 * @param intervalNanos between two requests; 0 without limit
 * @param queryIntervalNanos between two queries if they have a separate rate; {@link #SHARED} if
 *     creates and queries share one
 * @param concurrency requests in flight at once
 * @param tripAfter failures in a row, of different rows, that make an outage
 * @param probeInterval between two canaries of a halted gate
 * @param maxPause longest pause
 * @param backoff of pauses that name no time
 */
public record GateLimits(
    long intervalNanos,
    long queryIntervalNanos,
    int concurrency,
    int tripAfter,
    Duration probeInterval,
    Duration maxPause,
    Backoff backoff) {

  /** Instead of an interval: creates and queries have one rate. */
  public static final long SHARED = -1;

  public boolean isShared() {
    return queryIntervalNanos == SHARED;
  }
}
