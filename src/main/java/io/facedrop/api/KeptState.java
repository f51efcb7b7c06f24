package io.facedrop.api;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of a gate and its copy in the store; a store that fails never stops the gate. */
final class KeptState {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final GateStore store;
  private GateState state;

  KeptState(GateStore store) {
    this.store = store;
    state = store.load();
  }

  GateState get() {
    return state;
  }

  /**
   * Goes on with this state.
   *
   * @param event what happened, for the operator; empty where it is not worth a line
   */
  void change(GateState next, String event) {
    state = next;
    if (!event.isEmpty()) {
      LOG.warn("{}", event);
    }
    try {
      if (!store.save(next, event)) {
        takeOver(next, event);
      }
    } catch (RuntimeException e) {
      LOG.error("the gate's state could not be kept: {}", e.getMessage());
    }
  }

  /** Somebody resumed meanwhile: that stands, unless something has happened since. */
  private void takeOver(GateState next, String event) {
    GateState newer = store.load();
    state = event.isEmpty() ? newer : next.at(newer.revision());
    if (!event.isEmpty()) {
      store.save(state, event);
    }
  }

  /** Takes over what another process has changed; false when it has changed nothing. */
  boolean refreshed() {
    try {
      if (store.revision() == state.revision()) {
        return false;
      }
      state = store.load();
      LOG.info(
          "the state in the ledger was changed by somebody, now {}",
          state.halted() ? "halted" : "open");
      return true;
    } catch (RuntimeException e) {
      LOG.error("the gate's kept state could not be read: {}", e.getMessage());
      return false;
    }
  }
}
