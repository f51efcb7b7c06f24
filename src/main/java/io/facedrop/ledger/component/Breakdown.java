package io.facedrop.ledger.component;

/**
 * Is told when a thread of the component cannot go on. The process must not live on as if it
 * worked: it ends loudly, and the next one goes on where this one stopped.
 */
@FunctionalInterface
public interface Breakdown {
  /**
   * @param thread what it did
   */
  void of(String thread, Throwable failure);
}
