package io.facedrop.ledger;

import io.facedrop.ledger.jdbc.Membership;

/** What other processes that work on the ledger mean to this one. */
record Others(Workshop shop, RowWork work) implements Membership.Neighbours {
  /** There may be something to claim, to publish or to put right. */
  @Override
  public void wrote() {
    shop.agenda().add(0);
    shop.settled().raise();
  }

  @Override
  public void died() {
    work.othersDied();
  }
}
