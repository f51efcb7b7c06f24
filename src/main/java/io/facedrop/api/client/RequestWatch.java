package io.facedrop.api.client;

import io.facedrop.api.RequestKind;

/** Is called at the end of each request that left. It must be quick. */
@FunctionalInterface
public interface RequestWatch {
  /** Does nothing. */
  RequestWatch NONE = (kind, code, nanos) -> {};

  /**
   * A request has ended.
   *
   * @param kind null for the query of the balance
   * @param code of the answer; 0 when there is none, or none that can be read
   * @param nanos from the departure to the end of the answer, or to the failure
   */
  void over(RequestKind kind, int code, long nanos);
}
