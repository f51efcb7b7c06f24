package io.facedrop.api.gate;

/** The gate closed between the permit and the departure: the request never left. */
public final class GateClosedException extends Exception {
  private static final long serialVersionUID = 1;

  public GateClosedException() {
    super("the gate closed before the request left");
  }
}
