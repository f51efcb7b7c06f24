package io.facedrop.ledger.component.keeper;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.fault.LedgerException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the ledger remove what it need not keep any longer, a little at a time and behind all else.
 *
 * <p>For one thread.
 */
public final class OldBatches {
  private static final Logger LOG = LoggerFactory.getLogger(OldBatches.class);
  private static final long LOOK_MILLIS = TimeUnit.MINUTES.toMillis(1);

  /** Half of the time is left to others. */
  private static final long PAUSE_MILLIS = 50;

  private final Ledger ledger;
  private final Duration retention;
  private long dueNanos = System.nanoTime();

  /**
   * @param retention how long rows of a complete batch are kept; zero for ever
   */
  OldBatches(Ledger ledger, Duration retention) {
    this.ledger = ledger;
    this.retention = retention;
  }

  /** Removes some if it is time; how many milliseconds there is nothing more to do. */
  long removeSome() {
    if (retention.isZero()) {
      return Long.MAX_VALUE;
    }
    if (dueNanos - System.nanoTime() <= 0) {
      dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(look());
    }
    return Math.max(1, TimeUnit.NANOSECONDS.toMillis(dueNanos - System.nanoTime()));
  }

  private long look() {
    try {
      boolean more = ledger.housekeeping().forgetSome(ledger.clock().instant().minus(retention));
      return more ? PAUSE_MILLIS : LOOK_MILLIS;
    } catch (LedgerException e) {
      LOG.warn("old rows stay in the ledger for now: {}", e.getMessage());
      return LOOK_MILLIS;
    }
  }
}
