package io.facedrop.ledger.component;

import io.facedrop.api.gate.Gate;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.RowState;
import io.facedrop.ledger.settle.Transition;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows that were answered 404 by an address of which nobody knew yet whether it is right. */
final class UnprovenRows {
  private static final Logger LOG = LoggerFactory.getLogger(UnprovenRows.class);
  private static final int WRONG_ADDRESS = 404;

  private final Ledger ledger;
  private final Gate gate;
  private final AtomicInteger count = new AtomicInteger();

  UnprovenRows(Ledger ledger, Gate gate) {
    this.ledger = ledger;
    this.gate = gate;
  }

  boolean areNone() {
    return count.get() == 0;
  }

  /**
   * Settles them once it is known.
   *
   * @param transition the newest; null for none
   */
  void look(Transition transition) {
    if (transition != null && transition.state() == RowState.UNPROVEN) {
      count.incrementAndGet();
    }
    int seen = count.get();
    if (seen == 0) {
      return;
    }
    try {
      if (gate.state().proven()) {
        ledger.work().settleUnproven();
        count.addAndGet(-seen);
      } else if (gate.state().halt().code() == WRONG_ADDRESS) {
        ledger.work().reopenUnproven();
        count.addAndGet(-seen);
      }
    } catch (LedgerException e) {
      // The row in hand is claimed and goes first; this is tried again later.
      LOG.error("rows that were answered 404 stay as they are for now: {}", e.getMessage());
    }
  }
}
