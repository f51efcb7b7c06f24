package io.facedrop.ledger.component;

import io.facedrop.api.Gate;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerException;
import io.facedrop.ledger.Settlement;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Images that were answered 404 by an address of which nobody knew yet whether it is right. */
final class HeldImages {
  private static final Logger LOG = LoggerFactory.getLogger(HeldImages.class);
  private static final int WRONG_ADDRESS = 404;

  private final Ledger ledger;
  private final Gate gate;
  private final AtomicInteger count = new AtomicInteger();

  HeldImages(Ledger ledger, Gate gate) {
    this.ledger = ledger;
    this.gate = gate;
  }

  boolean areNone() {
    return count.get() == 0;
  }

  /**
   * Settles them once it is known.
   *
   * @param settlement the newest; null for none
   */
  void look(Settlement settlement) {
    if (settlement != null && settlement.state() == Settlement.State.HELD) {
      count.incrementAndGet();
    }
    int seen = count.get();
    if (seen == 0) {
      return;
    }
    try {
      if (gate.state().proven()) {
        ledger.settleHeld();
        count.addAndGet(-seen);
      } else if (gate.state().halt().code() == WRONG_ADDRESS) {
        ledger.reopenHeld();
        count.addAndGet(-seen);
      }
    } catch (LedgerException e) {
      // The image in hand is claimed and goes first; this is tried again later.
      LOG.error("rows that were answered 404 stay as they are for now: {}", e.getMessage());
    }
  }
}
