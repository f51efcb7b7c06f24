package io.facedrop.ledger.component;

import io.facedrop.api.gate.Gate;
import io.facedrop.api.gate.Permit;
import java.util.HashSet;
import java.util.Set;

/** Where a consumer's workers wait for the gate, which others share and which stays open. */
final class Entrance {
  private final Gate gate;
  private final Set<Thread> waiting = new HashSet<>();

  Entrance(Gate gate) {
    this.gate = gate;
  }

  /** Waits for leave to send one request; null when called away. */
  Permit acquire() {
    synchronized (waiting) {
      waiting.add(Thread.currentThread());
    }
    try {
      return gate.acquire();
    } catch (InterruptedException calledAway) {
      return null;
    } finally {
      synchronized (waiting) {
        waiting.remove(Thread.currentThread());
        // A call that came too late must not hit what the thread does next.
        Thread.interrupted();
      }
    }
  }

  /** Calls away everybody who waits. */
  void callAway() {
    synchronized (waiting) {
      waiting.forEach(Thread::interrupt);
    }
  }
}
