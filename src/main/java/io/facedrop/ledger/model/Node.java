package io.facedrop.ledger.model;

import java.time.Instant;

/**
 * A process that works, or has worked, on a ledger that several can work on.
 *
 * @param epoch that tells it from every other
 * @param name for people to read
 * @param process its number on its machine
 * @param leaseUntil when it is dead for the others unless it is heard of
 * @param endedAt null while it is alive
 * @param claims requests that it has on their way
 * @param late answers that it brought when it was dead for the others
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
