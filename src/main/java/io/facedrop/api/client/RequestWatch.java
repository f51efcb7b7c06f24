package io.facedrop.api.client;

import io.facedrop.api.RequestKind;

/** Is told of each request that left, once it is over: for every row, so it must be quick. */
@FunctionalInterface
public interface RequestWatch {
  /** Whom nothing is told. */
  RequestWatch NONE = (kind, code, nanos) -> {};

  /**
   * A request is over.
   *
   * @param kind null for the question about the balance
   * @param code of the answer; 0 when there is none, or none that can be read
   * @param nanos from the departure to the end of the answer, or to the failure
   */
  void over(RequestKind kind, int code, long nanos);
}
