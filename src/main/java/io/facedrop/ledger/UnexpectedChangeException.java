package io.facedrop.ledger;

import java.sql.SQLException;

/** A statement changed more or fewer rows than it must, so trying it again would not help. */
final class UnexpectedChangeException extends SQLException {
  UnexpectedChangeException(String what, int changed) {
    super("expected one " + what + " to change but " + changed + " did; this indicates a bug");
  }
}
