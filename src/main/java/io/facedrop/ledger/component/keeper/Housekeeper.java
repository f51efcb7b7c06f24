package io.facedrop.ledger.component.keeper;

import io.facedrop.clock.Reminders;
import io.facedrop.expect.Expectation;
import io.facedrop.ledger.Ledger;
import io.facedrop.words.Cause;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the ledger do what no request and no output asks for, whatever routes there are: cancelled
 * batches end, shared results are shared, held batches are announced, what is expected is watched
 * for, old rows are removed. Of several nodes the keeper does it for all.
 */
public final class Housekeeper {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
  private static final long LONGEST_WAIT_MILLIS = 5_000;
  private static final long COALESCE_MILLIS = 50;

  /** How soon it is noticed that a held batch is to go on, or that this node is the keeper now. */
  private static final long HELD_LOOK_MILLIS = 1_000;

  private final CamelContext context;
  private final Ledger ledger;
  private final Consumer<Throwable> breakdown;
  private final Reminders<Ledger> waits = Reminders.every(Duration.ofMinutes(1), System::nanoTime);
  private final HeldBatches heldBatches;
  private final CancelledBatches cancelledBatches;
  private final OldBatches oldBatches;
  private final NoticeWatch noticeWatch;
  private ExecutorService thread;
  private volatile boolean going;

  /**
   * @param breakdown is told when its thread cannot go on
   */
  public Housekeeper(
      CamelContext context,
      Ledger ledger,
      Duration retention,
      List<Expectation> expectations,
      Consumer<Throwable> breakdown) {
    this.context = context;
    this.ledger = ledger;
    this.breakdown = breakdown;
    this.heldBatches = new HeldBatches(ledger);
    this.cancelledBatches = new CancelledBatches(ledger);
    this.oldBatches = new OldBatches(ledger, retention);
    this.noticeWatch = new NoticeWatch(ledger, expectations, System::nanoTime);
  }

  public void start() {
    going = true;
    thread = context.getExecutorServiceManager().newSingleThreadExecutor(this, "ledger-keeper");
    thread.execute(this::keep);
  }

  public void stop() {
    going = false;
    ledger.housekeeping().signal().raise();
    if (thread != null) {
      context.getExecutorServiceManager().shutdownGraceful(thread);
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
      breakdown.accept(e);
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
