package io.facedrop.api.gate;

import java.time.Duration;

/**
 * The gate's numbers.
 *
 * @param intervalNanos between two requests; 0 without limit
 * @param queryIntervalNanos between two queries, where they have a rate of their own; {@link
 *     #SHARED} where the rate is that of creates and queries together
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
