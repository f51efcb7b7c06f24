package io.facedrop.ledger.component;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once of each batch that is held, and notices when another process has let it go on.
 *
 * <p>For one thread.
 */
final class HeldBatches {
  private static final Logger LOG = LoggerFactory.getLogger(HeldBatches.class);

  private final Ledger ledger;
  private final Set<Long> told = new HashSet<>();
  private final Set<Long> goingOn = new HashSet<>();

  HeldBatches(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Looks; whether any is held now. */
  boolean look() {
    boolean any = false;
    for (Batch batch : ledger.onceHeldBatches()) {
      any |= batch.held();
      if (batch.held() && told.add(batch.number())) {
        LOG.warn(batch.holdNews());
      }
      // Also one whose hold nobody has seen here, for all that was between two looks.
      if (!batch.held() && goingOn.add(batch.number())) {
        ledger.work().lookAgain(0);
        tellOf(batch);
      }
    }
    return any;
  }

  private void tellOf(Batch batch) {
    if (told.contains(batch.number()) && batch.cancelledAt() == null) {
      LOG.info("batch {} goes on", batch.id());
    }
  }
}
