package io.facedrop.ledger.component;

/**
 * Is called when a thread of the component has failed. The process must not continue without that
 * thread: it logs an error and exits, and the next one resumes.
 */
@FunctionalInterface
public interface Breakdown {
  /**
   * @param thread what it did
   */
  void of(String thread, Throwable failure);
}
