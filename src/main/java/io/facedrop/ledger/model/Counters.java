package io.facedrop.ledger.model;

/**
 * What was tried for a row, in all.
 *
 * @param attempts that count towards the most that are made
 * @param requests on the wire
 * @param possibleDuplicate whether an earlier request may have been charged
 */
public record Counters(int attempts, int requests, boolean possibleDuplicate) {
  public static final Counters NONE = new Counters(0, 0, false);
}
