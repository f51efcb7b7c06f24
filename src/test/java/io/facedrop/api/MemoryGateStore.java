package io.facedrop.api;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateStore;
import java.util.ArrayList;
import java.util.List;

/** Keeps one gate's state for as long as the test runs. */
class MemoryGateStore implements GateStore {
  private GateState state = GateState.NEW;
  private final List<String> events = new ArrayList<>();
  private boolean broken;

  @Override
  public synchronized GateState load() {
    requireWhole();
    return state;
  }

  @Override
  public synchronized boolean save(GateState next, String event) {
    requireWhole();
    if (next.revision() != state.revision()) {
      return false;
    }
    state = next.at(next.revision() + 1);
    if (!event.isEmpty()) {
      events.add(event);
    }
    return true;
  }

  @Override
  public synchronized long revision() {
    requireWhole();
    return state.revision();
  }

  /** What the command {@code resume} does in another process. */
  synchronized void resume() {
    state = state.open().at(state.revision() + 1);
  }

  /** What a database does that has lost commits. */
  synchronized void loseCommits() {
    state =
        state
            .with(new GateState.Halt(GateState.Halt.LOST_COMMITS, "lost", false, 1, 0))
            .at(state.revision() + 1);
  }

  synchronized List<String> events() {
    return List.copyOf(events);
  }

  /** From now on every call fails, or none does. */
  synchronized void breakDown(boolean down) {
    broken = down;
  }

  private void requireWhole() {
    if (broken) {
      throw new IllegalStateException("the store is broken");
    }
  }
}
