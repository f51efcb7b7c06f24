package io.facedrop.ledger.settle;

/**
 * When a row may be claimed again.
 *
 * @param at epoch milliseconds; null for never, because it has ended
 * @param dated whether that is the time; else it is the time at which its task was submitted, and
 *     what is learnt of tasks says how much later it is queried
 */
public record Due(Long at, boolean dated) {
  /** Not any more. */
  public static final Due NEVER = new Due(null, true);

  /** From this time on. */
  public static Due at(long at) {
    return new Due(at, true);
  }

  /** When the task that was submitted at this time has very likely ended. */
  public static Due unasked(long submittedAt) {
    return new Due(submittedAt, false);
  }
}
