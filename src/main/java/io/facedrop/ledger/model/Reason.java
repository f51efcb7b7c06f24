package io.facedrop.ledger.model;

import io.facedrop.api.answer.Stage;

/** Why a row is a dead letter, and whether it was charged as far as can be known. */
public enum Reason {
  INVALID_URL(Charged.NO),
  VALIDATION_ERROR(Charged.NO),
  NOT_FOUND(Charged.NO),
  GENERATION_FAILED(Charged.UNKNOWN),
  SERVER_ERROR(Charged.UNKNOWN),
  DETECTION_FAILED(Charged.YES),
  DETECTION_TIMEOUT(Charged.YES),
  RESULT_UNREADABLE(Charged.YES),
  IN_DOUBT(Charged.UNKNOWN),
  CANCELLED(Charged.NO);

  private final Charged charged;

  Reason(Charged charged) {
    this.charged = charged;
  }

  /** Of a row whose task has ended without a result at this stage. */
  public static Reason failed(Stage stage) {
    return switch (stage) {
      case DETECT -> DETECTION_FAILED;
    };
  }

  /** Of a row whose task has not ended by the deadline of this stage. */
  public static Reason overdue(Stage stage) {
    return switch (stage) {
      case DETECT -> DETECTION_TIMEOUT;
    };
  }

  public Charged charged() {
    return charged;
  }

  /**
   * The same for a row that was sent before.
   *
   * @param earlier number of earlier attempts whose cost is unknown
   */
  public Charged chargedAfter(int earlier) {
    return charged == Charged.NO && earlier > 0 ? Charged.UNKNOWN : charged;
  }

  /** Whether the API is to blame rather than the row, as all rows are in an outage. */
  public boolean isOfTheApi() {
    return this == SERVER_ERROR || this == RESULT_UNREADABLE || this == IN_DOUBT;
  }
}
