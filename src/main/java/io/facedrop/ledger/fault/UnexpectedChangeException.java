package io.facedrop.ledger.fault;

import java.sql.SQLException;

/** A statement changed more or fewer rows than it must, so trying it again would not help. */
public final class UnexpectedChangeException extends SQLException {
  public UnexpectedChangeException(long expected, String what, int changed) {
    super(
        "expected "
            + (expected == 1 ? "one" : expected)
            + " "
            + what
            + " to change but "
            + changed
            + " did; this indicates a bug");
  }
}
