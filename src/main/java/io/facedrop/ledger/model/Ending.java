package io.facedrop.ledger.model;

import io.facedrop.api.answer.Detection;

/**
 * What a row comes to by its state, as its output will say.
 *
 * @param charged as far as that can be known
 * @param reason of a dead letter, or what an unproven row would become; else null
 * @param detection null unless the faces are there
 */
public record Ending(Charged charged, Reason reason, Detection detection) {
  /** Of a row that is open: nobody knows yet. */
  public static final Ending OPEN = new Ending(Charged.UNKNOWN, null, null);

  /** A dead letter. */
  public static Ending dead(Reason reason, Charged charged) {
    return new Ending(charged, reason, null);
  }
}
