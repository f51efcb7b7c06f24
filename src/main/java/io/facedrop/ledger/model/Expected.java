package io.facedrop.ledger.model;

import java.time.Instant;

/**
 * How it stands with a manifest that is expected.
 *
 * @param name the operator's for it
 * @param files glob on its path below the inbox
 * @param deadline by which it is expected, or was
 * @param arrivedAt null unless it has come
 */
public record Expected(
    String name, String files, Instant deadline, State state, Instant arrivedAt) {
  /** What a deadline can come to. */
  public enum State {
    WAITING,
    ARRIVED,
    LATE
  }
}
