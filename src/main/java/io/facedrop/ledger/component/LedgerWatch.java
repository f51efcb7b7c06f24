package io.facedrop.ledger.component;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.LedgerException;
import io.facedrop.ledger.settle.Transition;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where workers wait while the ledger cannot be written. The operator is told once for all of them,
 * once more in every minute that it lasts, and when it is over.
 */
final class LedgerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final long RETRY_MILLIS = 1_000;
  private static final long REMINDER_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final Ledger ledger;
  private volatile boolean failing;
  private long toldNanos;

  LedgerWatch(Ledger ledger) {
    this.ledger = ledger;
  }

  /**
   * An outcome is worth more than a worker: it waits here until it is settled. Without one, the
   * next claim will tell whether the ledger can be written again.
   *
   * @param transition null for none
   * @return whether it is settled
   */
  boolean waitFor(Transition transition, LedgerException failure) throws InterruptedException {
    LedgerException last = failure;
    while (last.mayPass()) {
      fails(last);
      ledger.work().signal().await(ledger.work().signal().count(), RETRY_MILLIS);
      if (transition == null) {
        return false;
      }
      try {
        ledger.work().settleAndClaim(transition, false);
        works();
        return true;
      } catch (LedgerException e) {
        last = e;
      }
    }
    LOG.error("a row cannot be claimed or settled: {}", last.getMessage());
    return false;
  }

  private synchronized void fails(LedgerException failure) {
    long now = System.nanoTime();
    if (!failing || now - toldNanos >= REMINDER_NANOS) {
      toldNanos = now;
      LOG.error(
          "sending is suspended: {}; no rows are lost, and it resumes by itself",
          failure.getMessage());
    }
    failing = true;
  }

  /** Something was written. */
  void works() {
    // Asked at every claim, of which there are thousands a second.
    if (failing) {
      worksAgain();
    }
  }

  private synchronized void worksAgain() {
    if (failing) {
      failing = false;
      LOG.warn("the ledger can be written again, going on");
    }
  }
}
