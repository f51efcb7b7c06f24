package io.facedrop.ledger;

/** Why this process submits nothing, although the gate is open; for who watches. */
public final class Suspension {
  private volatile String byLedger = "";
  private volatile String byOutputs = "";

  /**
   * Notes whether the ledger can be written.
   *
   * @param cause why not; empty when it can
   */
  public void byLedger(String cause) {
    byLedger = cause;
  }

  /**
   * Notes whether what ends can be published.
   *
   * @param cause why not; empty when it can
   */
  public void byOutputs(String cause) {
    byOutputs = cause;
  }

  /** In words; empty when nothing is suspended. */
  public String cause() {
    return byLedger.isEmpty() ? byOutputs : byLedger;
  }
}
