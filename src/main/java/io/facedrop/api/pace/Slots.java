package io.facedrop.api.pace;

import io.facedrop.api.RequestKind;

/**
 * The slots of a rate that several processes share: each is given to one of them. Times are
 * microseconds of a clock that all of them see, which is not their own.
 */
@FunctionalInterface
public interface Slots {
  /** A slot is reserved so long before it at most. */
  long HORIZON_MICROS = 1_000_000;

  /**
   * The request for slots.
   *
   * @param kind of requests that have this rate; creates if there is one rate for all
   * @param most highest number of slots; 0 to read the time only
   * @param intervalNanos between two slots
   * @param aheadMicros time until the first slot at the earliest, because the answer takes a while
   */
  record Order(RequestKind kind, int most, long intervalNanos, long aheadMicros) {}

  /**
   * The reserved slots, which are consecutive.
   *
   * @param slots their number; 0 when others have all slots up to the horizon
   * @param firstMicros time of the first slot, or of the next free one
   * @param nowMicros time of this answer
   */
  record Block(int slots, long firstMicros, long nowMicros) {}

  /**
   * Reserves the next slots; no other process gets them. May take as long as a network request.
   *
   * @throws RuntimeException when that is not possible now
   */
  Block reserve(Order order);
}
