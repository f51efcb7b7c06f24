package io.facedrop.ledger.model;

import java.util.Locale;

/** Whether a row cost a credit. */
public enum Charged {
  YES,
  NO,
  UNKNOWN;

  /** The word for it in the ledger and in the outputs. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Charged of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
