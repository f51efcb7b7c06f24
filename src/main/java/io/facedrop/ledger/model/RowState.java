package io.facedrop.ledger.model;

/** States of a row that is no longer pending. */
public enum RowState {
  /** Waits for its next attempt. */
  WAITING("waiting"),
  /** Answered 404 by an address that has never answered anything else. */
  UNPROVEN("unproven"),
  /** Has a task, which is queried when it is due. */
  SUBMITTED("submitted"),
  SUCCEEDED("succeeded"),
  DEAD("dead");

  private final String word;

  RowState(String word) {
    this.word = word;
  }

  /** As the ledger has it. */
  public String word() {
    return word;
  }
}
