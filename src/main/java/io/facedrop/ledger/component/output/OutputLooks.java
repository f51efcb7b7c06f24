package io.facedrop.ledger.component.output;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Batch;
import java.time.Duration;
import java.time.Instant;

/** When there is something to publish of which nobody tells: time passes, or an operator acts. */
public final class OutputLooks {
  public static final long LONGEST_MILLIS = 5_000;
  private static final long SOON_MILLIS = 1_000;

  /** What it takes to write a part, so that its first row is out within the interval. */
  private static final Duration LEAD = Duration.ofSeconds(1);

  private final Ledger ledger;
  private final Duration interval;

  /**
   * @param interval how long a settled row may wait for its part
   */
  public OutputLooks(Ledger ledger, Duration interval) {
    this.ledger = ledger;
    this.interval = interval;
  }

  /** Parts that were opened before have waited long enough. */
  public Instant openedBefore() {
    Instant now = ledger.clock().instant();
    return ledger.publishing().isEnding() ? now.plusMillis(1) : now.minus(longestWait());
  }

  /**
   * Milliseconds until the next look.
   *
   * @param orphans whether there are batches that nobody publishes
   */
  public long nextMillis(boolean orphans) {
    return Math.min(orphans ? SOON_MILLIS : longest(), nextPartMillis());
  }

  /** What comes of a batch that is held is published soon, for the operator to look at. */
  private long longest() {
    try {
      boolean held = ledger.onceHeldBatches().stream().anyMatch(Batch::held);
      return held ? SOON_MILLIS : LONGEST_MILLIS;
    } catch (LedgerException e) {
      return LONGEST_MILLIS;
    }
  }

  /** Milliseconds until the next part has waited long enough. */
  private long nextPartMillis() {
    try {
      return ledger
          .publishing()
          .firstOpenedPart()
          .map(opened -> Duration.between(openedBefore(), opened).toMillis())
          .map(millis -> Math.max(1, millis))
          .orElse(LONGEST_MILLIS);
    } catch (LedgerException e) {
      return LONGEST_MILLIS;
    }
  }

  /** How long a part may stay open. */
  private Duration longestWait() {
    Duration lead = interval.dividedBy(10);
    return interval.minus(lead.compareTo(LEAD) < 0 ? lead : LEAD);
  }
}
