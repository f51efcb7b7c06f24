package io.facedrop.api.gate;

/** Since when, and until when, something is closed, by the monotonic clock. */
public final class Closing {
  private final long sinceNanos;
  private long untilNanos;

  /** Whether the one request that finds out is on its way. */
  private boolean probed;

  /** Whether the account has been read, so that a row may find out. */
  private boolean answered;

  public Closing(long sinceNanos, long untilNanos) {
    this.sinceNanos = sinceNanos;
    this.untilNanos = untilNanos;
  }

  /** Whether a permit was issued before this closed. */
  public boolean isAfter(Permit permit) {
    return permit.issuedNanos() - sinceNanos < 0;
  }

  public long leftNanos(long now) {
    return untilNanos - now;
  }

  public void until(long nanos) {
    untilNanos = nanos;
  }

  public boolean isProbed() {
    return probed;
  }

  public boolean isAnswered() {
    return answered;
  }

  /** The account has been read. */
  public void answer() {
    answered = true;
  }

  /** A request goes to find out. */
  public void probe() {
    probed = true;
    answered = false;
  }

  /**
   * The request that went to find out is back.
   *
   * @param used whether it found out anything; else the next may go at once
   */
  public void back(boolean used) {
    probed = false;
    answered |= !used;
  }
}
