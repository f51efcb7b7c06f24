package io.facedrop.ledger.component.keeper;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces each batch once that was cancelled, by whichever process.
 *
 * <p>For one thread.
 */
public final class CancelledBatches {
  private static final Logger LOG = LoggerFactory.getLogger(CancelledBatches.class);

  private final Ledger ledger;
  private final Instant since;
  private final Reminders<Long> news = Reminders.once(System::nanoTime);

  CancelledBatches(Ledger ledger) {
    this.ledger = ledger;
    this.since = ledger.clock().instant();
  }

  void look() {
    ledger.cancelledSince(since).stream()
        .filter(batch -> news.isDue(batch.number()))
        .forEach(CancelledBatches::announce);
  }

  private static void announce(Batch batch) {
    LOG.info(
        "batch {} was cancelled: its rows that were not sent become dead letters CANCELLED",
        batch.id());
  }
}
