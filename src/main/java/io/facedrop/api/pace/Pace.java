package io.facedrop.api.pace;

/** When the next request may go. Not safe for threads: used under the gate's lock. */
public interface Pace {
  boolean isLimited();

  /** Nanoseconds until the next may go; not above 0 when it may go now. */
  long waitNanos(long now);

  /** Nanoseconds until one may go that has so many before it. */
  long waitNanos(long now, int before);

  /** How many take place in a time. */
  int placesIn(long nanos);

  /** One goes. */
  void take(long now);

  /** So many wait to go, from now on. */
  default void waiting(int requests) {}
}
