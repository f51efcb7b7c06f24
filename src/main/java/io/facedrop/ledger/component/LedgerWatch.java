package io.facedrop.ledger.component;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.RowId;
import io.facedrop.ledger.settle.Transition;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where workers wait while the ledger cannot be written. The operator reads of it once, not once a
 * worker, again in every minute that it lasts, and when it is over. It is over when writing has
 * worked for a second: a disk that fills up has room for a write now and then.
 */
final class LedgerWatch {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
  private static final long RETRY_MILLIS = 1_000;
  private static final String LEDGER = "ledger";
  private static final String LATE = "late answers";

  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Ledger ledger;
  private final LongSupplier nanos;
  private final Reminders<String> failures;
  private volatile boolean suspended;
  private boolean working;
  private long workingSinceNanos;

  /**
   * @param nanos monotonic, as {@link System#nanoTime()}
   */
  LedgerWatch(Ledger ledger, LongSupplier nanos) {
    this.ledger = ledger;
    this.nanos = nanos;
    this.failures = Reminders.every(Duration.ofMinutes(1), nanos);
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
    try {
      while (last.mayPass() && !last.isOfTheDead()) {
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
    } catch (InterruptedException stopped) {
      tellUnkept(transition, last);
      throw stopped;
    }
    if (!last.isOfTheDead()) {
      LOG.error("a row cannot be claimed or settled: {}", last.getMessage());
    }
    if (transition != null) {
      keepLate(transition);
    }
    return false;
  }

  /**
   * The row is no longer this process's to settle. What was paid for is kept, even if the ledger is
   * away, for as long as this process is left to wait.
   */
  private void keepLate(Transition transition) throws InterruptedException {
    LedgerException unkept = late(transition);
    try {
      while (unkept != null && unkept.mayPass()) {
        if (failures.isDue(LATE)) {
          LOG.warn("answers cannot be kept yet, which is tried again: {}", unkept.getMessage());
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        unkept = late(transition);
      }
    } finally {
      tellUnkept(transition, unkept);
    }
  }

  /** Null once it is kept. */
  private LedgerException late(Transition transition) {
    try {
      ledger.work().late(transition);
      return null;
    } catch (LedgerException e) {
      return e;
    }
  }

  private static void tellUnkept(Transition transition, LedgerException failure) {
    if (transition == null || failure == null) {
      return;
    }
    String row = RowId.words(transition.row());
    if (transition.request() == null) {
      LOG.warn("the {} was not sent, and could not be given back: {}", row, failure.getMessage());
    } else {
      LOG.error(
          "an answer could not be kept, of the {}{}: {}",
          row,
          transition.task() == null ? "" : ", task " + transition.task().id(),
          failure.getMessage());
    }
  }

  /** The ledger could not be written. */
  synchronized void fails(LedgerException failure) {
    suspended = true;
    working = false;
    ledger.vitals().suspension().byLedger(failure.getMessage());
    if (failures.isDue(LEDGER)) {
      LOG.error(
          "sending is suspended: {}; no rows are lost, and it resumes by itself",
          failure.getMessage());
    }
  }

  /** Something was written; workers say so at every claim, thousands of times a second. */
  void works() {
    if (suspended) {
      noteWork();
      look();
    }
  }

  private synchronized void noteWork() {
    if (!working) {
      working = true;
      workingSinceNanos = nanos.getAsLong();
    }
  }

  /** Ends the suspension if writing has worked for long enough. */
  synchronized void look() {
    if (suspended && working && nanos.getAsLong() - workingSinceNanos >= STEADY_NANOS) {
      suspended = false;
      ledger.vitals().suspension().byLedger("");
      failures.end(LEDGER);
      LOG.warn("the ledger can be written again, going on");
    }
  }

  /** Whether a write has failed, and none has worked for long enough since. */
  boolean isSuspended() {
    return suspended;
  }
}
