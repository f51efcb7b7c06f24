package io.facedrop.ledger.component.keeper;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces each batch that is held once, and notices when another process has let it go on.
 *
 * <p>For one thread.
 */
public final class HeldBatches {
  private static final Logger LOG = LoggerFactory.getLogger(HeldBatches.class);

  private final Ledger ledger;
  private final Reminders<Long> holds = Reminders.once(System::nanoTime);
  private final Set<Long> goingOn = new HashSet<>();

  HeldBatches(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Looks; whether any is held now. */
  boolean look() {
    boolean any = false;
    for (Batch batch : ledger.onceHeldBatches()) {
      any |= batch.held();
      if (batch.held()) {
        goingOn.remove(batch.number());
        if (holds.isDue(batch.number())) {
          LOG.warn(batch.holdNews());
        }
      }
      // Also one whose hold nobody has seen here, for all that was between two looks.
      if (!batch.held() && goingOn.add(batch.number())) {
        ledger.work().lookAgain(0);
        announceEnd(batch);
      }
    }
    return any;
  }

  private void announceEnd(Batch batch) {
    if (holds.end(batch.number()) && batch.cancelledAt() == null) {
      LOG.info("batch {} goes on", batch.id());
    }
  }
}
