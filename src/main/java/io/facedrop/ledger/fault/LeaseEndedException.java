package io.facedrop.ledger.fault;

import java.sql.SQLException;

/** The lease of this process has ended: another may have taken over what it had in hand. */
public final class LeaseEndedException extends SQLException {
  private static final long serialVersionUID = 1L;

  public LeaseEndedException(String node, String reason) {
    super(
        "the lease of the node "
            + node
            + " has ended, so it sends and writes nothing more: "
            + reason
            + "; start it again");
  }
}
