package io.facedrop.api;

/** Since when, and until when, something is closed, by the monotonic clock. */
final class Closing {
  private final long sinceNanos;
  private long untilNanos;

  /** Whether the one request that finds out is on its way. */
  private boolean probed;

  /** Whether the account has been read, so that a row may find out. */
  private boolean answered;

  Closing(long sinceNanos, long untilNanos) {
    this.sinceNanos = sinceNanos;
    this.untilNanos = untilNanos;
  }

  /** Whether a permit was issued before this closed. */
  boolean isAfter(Permit permit) {
    return permit.issuedNanos() - sinceNanos < 0;
  }

  long leftNanos(long now) {
    return untilNanos - now;
  }

  void until(long nanos) {
    untilNanos = nanos;
  }

  boolean isProbed() {
    return probed;
  }

  boolean isAnswered() {
    return answered;
  }

  /** The account has been read. */
  void answer() {
    answered = true;
  }

  /** A request goes to find out. */
  void probe() {
    probed = true;
    answered = false;
  }

  /**
   * The request that went to find out is back.
   *
   * @param used whether it found out anything; else the next may go at once
   */
  void back(boolean used) {
    probed = false;
    answered |= !used;
  }
}
