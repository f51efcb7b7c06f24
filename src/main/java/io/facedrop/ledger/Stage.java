package io.facedrop.ledger;

/** How far an open image has come. */
public enum Stage {
  /** To be submitted. */
  PENDING,
  /** Its task runs; its result is to be asked for. */
  SUBMITTED
}
