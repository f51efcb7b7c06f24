package io.facedrop.api.gate;

/** Where the state of a gate is kept so that it outlives the process. */
public interface GateStore {
  /** The kept state; {@link GateState#NEW} when there is none. */
  GateState load();

  /**
   * Keeps the state and one line of what happened for the operator's time line.
   *
   * @return false, with nothing kept, when its revision is no longer the kept one
   */
  boolean save(GateState state, String event);

  /** The revision of the kept state, cheap enough to ask every second. */
  long revision();
}
