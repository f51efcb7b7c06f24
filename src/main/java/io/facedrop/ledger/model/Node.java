package io.facedrop.ledger.model;

import java.time.Instant;

/**
 * A process that works, or has worked, on a shared ledger.
 *
 * @param epoch its number, unique in this ledger
 * @param name for people to read
 * @param process its process id
 * @param leaseUntil when it counts as dead unless it renews its lease
 * @param endedAt null while it is alive
 * @param claims number of its claims
 * @param late number of answers that it recorded after its lease had ended
 */
public record Node(
    long epoch,
    String name,
    long process,
    Instant startedAt,
    Instant leaseUntil,
    Instant endedAt,
    long claims,
    long late) {

  /** Whether it is alive by its lease. */
  public boolean isAlive(Instant now) {
    return endedAt == null && leaseUntil.isAfter(now);
  }
}
