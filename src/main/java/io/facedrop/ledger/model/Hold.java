package io.facedrop.ledger.model;

import java.time.Instant;

/**
 * That a batch was stopped because most of its first answers were dead letters of one reason.
 *
 * @param at when
 * @param reason of those dead letters
 * @param dead how many they were
 * @param of how many answers
 * @param releasedAt when it went on; null until then, or when it ended otherwise
 */
public record Hold(Instant at, Reason reason, long dead, long of, Instant releasedAt) {

  /** What was found, in words. */
  public String found() {
    return dead + " of its first " + of + " answers were " + reason;
  }
}
