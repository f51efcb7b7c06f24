package io.facedrop.ledger;

/**
 * What a worker would claim.
 *
 * @param pending images to submit
 * @param submitted images whose result is to be asked for
 * @param fresh whether an image that was never sent goes before any other
 * @param pendingFirst whether images to submit go before those whose result is to be asked for
 * @param mostOpenTasks nothing is submitted while so many tasks are open
 */
public record Wanted(
    boolean pending, boolean submitted, boolean fresh, boolean pendingFirst, long mostOpenTasks) {

  /** Nothing. */
  public static final Wanted NOTHING = new Wanted(false, false, false, false, 0);

  /** Whatever goes first. */
  public static final Wanted ANYTHING = new Wanted(true, true, false, false, Long.MAX_VALUE);

  public boolean isAnything() {
    return pending || submitted;
  }
}
