package io.facedrop.ledger.claim;

/** Knows when there may be a row to claim, so that workers do not query the ledger in vain. */
public final class Agenda {
  private final WorkSignal signal = new WorkSignal();
  private volatile long nothingBefore;

  /** Epoch milliseconds before which there is nothing to claim, as far as is known. */
  public long nothingBefore() {
    return nothingBefore;
  }

  /** Raised when something can be claimed sooner than was known. */
  public WorkSignal signal() {
    return signal;
  }

  /** Something can be claimed from this time on; 0 for at once. */
  public synchronized void add(long dueAt) {
    if (dueAt < nothingBefore || dueAt == 0) {
      nothingBefore = dueAt;
      signal.raise();
    } else {
      signal.note();
    }
  }

  /**
   * Records that no row can be claimed before this time.
   *
   * @param since the signal's count at that look; rows that were added since may be due sooner
   */
  public synchronized void nothingUntil(long dueAt, long since) {
    if (signal.count() != since) {
      return;
    }
    boolean sooner = dueAt < nothingBefore;
    nothingBefore = dueAt;
    if (sooner) {
      signal.raise();
    }
  }
}
