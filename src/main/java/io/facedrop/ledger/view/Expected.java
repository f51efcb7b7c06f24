package io.facedrop.ledger.view;

import java.time.Instant;

/**
 * The state of an expected manifest.
 *
 * @param name that the operator chose
 * @param files glob for its path below the inbox
 * @param deadline next one, or the last if it was missed
 * @param arrivedAt null unless the manifest has come
 */
public record Expected(
    String name, String files, Instant deadline, State state, Instant arrivedAt) {
  /** The states for a deadline. */
  public enum State {
    WAITING,
    ARRIVED,
    LATE
  }
}
