package io.facedrop.ledger.claim;

import io.facedrop.api.gate.RequestKind;

/**
 * What a worker would claim.
 *
 * @param pending rows to submit
 * @param submitted rows whose result is to be asked for
 * @param first which of them goes first; null for what is due longest
 * @param choice which rows of one kind go first
 * @param mostOpenTasks nothing is submitted while so many tasks are open
 */
public record Wanted(
    boolean pending, boolean submitted, RequestKind first, Choice choice, long mostOpenTasks) {

  /** Which rows go first. */
  public enum Choice {
    /** What is due, and new ones in turn. */
    ANY,
    /** One that has not failed yet, if there is any. */
    FRESH,
    /**
     * The same, but not the next in turn: rows beside each other that always fail would else look
     * like an outage for as long as there are some.
     */
    ELSEWHERE
  }

  /** Nothing. */
  public static final Wanted NOTHING = new Wanted(false, false, null, Choice.ANY, 0);

  /** Whatever goes first. */
  public static final Wanted ANYTHING = new Wanted(true, true, null, Choice.ANY, Long.MAX_VALUE);

  public boolean isAnything() {
    return pending || submitted;
  }

  /** The same, whichever goes first. */
  public Wanted inTurn() {
    return new Wanted(pending, submitted, first, Choice.ANY, mostOpenTasks);
  }

  public boolean isOfFresh() {
    return choice != Choice.ANY;
  }
}
