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

  /** The one of a word of the ledger's. */
  public static RowState of(String word) {
    for (RowState state : values()) {
      if (state.word.equals(word)) {
        return state;
      }
    }
    throw new IllegalArgumentException("expected the state of a row but found " + word);
  }

  /** As the ledger has it. */
  public String word() {
    return word;
  }
}
