package io.facedrop.api.gate;

import io.facedrop.api.pace.Slots;

/** Where the state of a gate is kept so that it outlives the process. */
public interface GateStore {
  /** The kept state; {@link GateState#NEW} when there is none. */
  GateState load();

  /**
   * Keeps the state and one line of what happened for the operator's time line. The kept revision
   * is one higher from then on.
   *
   * @return false, with nothing kept, when its revision is no longer the kept one
   */
  boolean save(GateState state, String event);

  /** The revision of the kept state, cheap enough to ask several times a second. */
  long revision();

  /** Whether gates of other processes go by the same state and share the rate, all the time. */
  default boolean isShared() {
    return false;
  }

  /** Whether this process finds out for all whether a gate can open; never two do. */
  default boolean isKeeper() {
    return true;
  }

  /** Where slots of the rate are reserved if the store is shared. */
  default Slots slots() {
    throw new IllegalStateException("a gate that is not shared has its rate to itself");
  }
}
