package io.facedrop.ledger.component;

import io.facedrop.words.Cause;

/** Says for the operator why an event could not be delivered, without anything secret. */
@FunctionalInterface
public interface DeliveryFault {
  String words(Exception failure);

  /** By one who does not know what is secret. */
  DeliveryFault USUAL = Cause::kind;
}
