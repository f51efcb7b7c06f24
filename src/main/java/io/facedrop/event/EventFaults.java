package io.facedrop.event;

import io.facedrop.config.EventSecrets;
import io.facedrop.ledger.component.DeliveryFault;
import io.facedrop.words.Cause;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Says why an event could not be delivered, in the receiver's words and without its secrets. */
public final class EventFaults implements DeliveryFault {
  private static final int LONGEST = 300;

  private final EventSecrets secrets;

  public EventFaults(EventSecrets secrets) {
    this.secrets = secrets;
  }

  @Override
  public String words(Exception failure) {
    return failure instanceof HttpOperationFailedException answered
        ? "the receiver answered with status " + answered.getStatusCode()
        : secrets.hiddenIn(shortened(Cause.root(failure)));
  }

  private static String shortened(String words) {
    String line = words.strip().replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
