package io.facedrop.api;

import io.facedrop.api.gate.GateState;
import io.facedrop.api.gate.GateStore;
import io.facedrop.api.pace.Slots;

/** What one node sees of a store that several share. */
final class NodeGateStore implements GateStore {
  private final MemoryGateStore all;
  private boolean keeper;

  NodeGateStore(MemoryGateStore all, boolean keeper) {
    this.all = all;
    this.keeper = keeper;
  }

  void keeper(boolean keeps) {
    keeper = keeps;
  }

  @Override
  public GateState load() {
    return all.load();
  }

  @Override
  public boolean save(GateState state, String event) {
    return all.save(state, event);
  }

  @Override
  public long revision() {
    return all.revision();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public boolean isKeeper() {
    return keeper;
  }

  @Override
  public Slots slots() {
    throw new AssertionError("without a limit there are no slots");
  }
}
