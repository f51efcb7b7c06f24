package io.facedrop.ledger.model;

import io.facedrop.words.Count;
import java.time.Instant;

/**
 * That a batch was stopped, by an operator or because most of its first answers were dead letters
 * of one reason.
 *
 * @param at when
 * @param reason of those dead letters; null when an operator has stopped it
 * @param dead how many they were
 * @param of how many answers
 * @param releasedAt when it went on; null until then, or when it ended otherwise
 */
public record Hold(Instant at, Reason reason, long dead, long of, Instant releasedAt) {

  /** What was found, in words. */
  public String found() {
    return reason == null
        ? "by an operator"
        : dead + " of its first " + Count.of(of, "answer", "was ", "were ") + reason;
  }
}
