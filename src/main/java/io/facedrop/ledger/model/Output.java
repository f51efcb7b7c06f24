package io.facedrop.ledger.model;

/** The two outputs that rows end in. */
public enum Output {
  SUCCESS("success"),
  DEAD_LETTER("dead-letter");

  private final String word;

  Output(String word) {
    this.word = word;
  }

  /** The word for it in the ledger and in file names. */
  public String word() {
    return word;
  }

  public static Output of(String word) {
    return word.equals(SUCCESS.word) ? SUCCESS : DEAD_LETTER;
  }
}
