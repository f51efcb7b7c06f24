package io.facedrop.ledger.model;

import io.facedrop.api.answer.Detection;

/**
 * The final facts of a row, as its output will show them.
 *
 * @param charged as far as it is known
 * @param reason of a dead letter, or of the dead letter that an unproven row would become;
 *     otherwise null
 * @param detection null unless the faces are known
 */
public record Ending(Charged charged, Reason reason, Detection detection) {
  /** For an open row: not known yet. */
  public static final Ending OPEN = new Ending(Charged.UNKNOWN, null, null);

  /** A dead letter. */
  public static Ending dead(Reason reason, Charged charged) {
    return new Ending(charged, reason, null);
  }
}
