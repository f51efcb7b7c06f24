package io.facedrop.ledger.model;

/** How far an open row has come. */
public enum Stage {
  /** To be submitted. */
  PENDING,
  /** Its task runs; its result is to be asked for. */
  SUBMITTED
}
