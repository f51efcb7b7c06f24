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
   * What a process asks for.
   *
   * @param kind whose rate it is; creates' where there is one for all
   * @param most slots that it has use for; 0 to be told the time
   * @param intervalNanos between two
   * @param aheadMicros the first is not before this has passed, for the answer takes a while
   */
  record Order(RequestKind kind, int most, long intervalNanos, long aheadMicros) {}

  /**
   * What it is given: consecutive slots.
   *
   * @param slots how many; 0 when all up to the horizon are others'
   * @param firstMicros time of the first, or of the next that nobody has
   * @param nowMicros when that was said
   */
  record Block(int slots, long firstMicros, long nowMicros) {}

  /**
   * Reserves the next slots; nobody else ever gets them. May take as long as a network does.
   *
   * @throws RuntimeException when that is not possible now
   */
  Block reserve(Order order);
}
