package io.facedrop.api.gate;

import io.facedrop.api.RequestKind;

/** What each request passes at its last moment before it is on the wire. */
@FunctionalInterface
public interface Departures {
  /** Lets everything leave at once. */
  Departures FREE = (permit, kind) -> {};

  /**
   * Waits until a request may leave.
   *
   * @param permit null for a question that is no row's
   * @throws GateClosedException when it must not leave
   */
  void depart(Permit permit, RequestKind kind) throws GateClosedException, InterruptedException;
}
