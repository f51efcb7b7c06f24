package io.facedrop.ledger.component;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.Ledger;
import io.facedrop.words.Cause;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the ledger do what no request and no output asks for, whatever routes there are: cancelled
 * batches end, shared results are shared, held batches are announced, what is expected is watched
 * for, old rows are removed. Of several nodes the keeper does it for all.
 */
final class Housekeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
  private static final long LONGEST_WAIT_MILLIS = 5_000;
  private static final long COALESCE_MILLIS = 50;

  /** How soon it is noticed that a held batch is to go on, or that this node is the keeper now. */
  private static final long HELD_LOOK_MILLIS = 1_000;

  private final LedgerComponent component;
  private final Ledger ledger;
  private final Reminders<Ledger> waits = Reminders.every(Duration.ofMinutes(1), System::nanoTime);
  private final HeldBatches heldBatches;
  private final CancelledBatches cancelledBatches;
  private final OldBatches oldBatches;
  private final NoticeWatch noticeWatch;
  private ExecutorService thread;
  private volatile boolean going;

  Housekeeper(LedgerComponent component) {
    this.component = component;
    this.ledger = component.getLedger();
    this.heldBatches = new HeldBatches(ledger);
    this.cancelledBatches = new CancelledBatches(ledger);
    this.oldBatches = new OldBatches(ledger, component.getRetention());
    this.noticeWatch = new NoticeWatch(ledger, component.getExpectations(), System::nanoTime);
  }

  void start() {
    going = true;
    thread =
        component
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, "ledger-keeper");
    thread.execute(this::keep);
  }

  void stop() {
    going = false;
    ledger.housekeeping().signal().raise();
    if (thread != null) {
      component.getCamelContext().getExecutorServiceManager().shutdownGraceful(thread);
      thread = null;
    }
  }

  private void keep() {
    try {
      while (going) {
        // Read before anything else is looked at, or a change in between would go unnoticed.
        long seen = ledger.housekeeping().signal().count();
        long wait = look();
        if (going) {
          // Rows settle by the thousand; looking for each would cost more than it finds.
          TimeUnit.MILLISECONDS.sleep(COALESCE_MILLIS);
          ledger.housekeeping().signal().await(seen, wait);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      component.breakDown("housekeeper", e);
    }
  }

  /** Does what is to be done; how many milliseconds there is nothing more to do. */
  private long look() {
    if (!ledger.isKeeper()) {
      return HELD_LOOK_MILLIS;
    }
    long longest = LONGEST_WAIT_MILLIS;
    try {
      longest = heldBatches.look() ? HELD_LOOK_MILLIS : LONGEST_WAIT_MILLIS;
      cancelledBatches.look();
      ledger.housekeeping().finishCancellations();
      ledger.housekeeping().shareResults();
      noticeWatch.look();
      waits.end(ledger);
    } catch (RuntimeException e) {
      if (waits.isDue(ledger, Cause.of(e))) {
        LOG.error("the ledger's housekeeping waits: {}; it is tried again", Cause.of(e));
      }
    }
    return Math.min(longest, oldBatches.removeSome());
  }
}
