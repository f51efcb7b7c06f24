package io.facedrop.ledger.component;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.RowGroup;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Takes the rows of a manifest in, and makes it a batch or nothing. */
final class AcceptanceProducer extends DefaultProducer {
  private final LedgerEndpoint endpoint;
  private final Ledger ledger;

  AcceptanceProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
    this.ledger = endpoint.getComponent().getLedger();
  }

  @Override
  public void process(Exchange exchange) {
    Long loading = exchange.getVariable(LedgerConstants.LOADING, Long.class);
    if (loading == null && endpoint.getOperation() != Operation.DISCARD) {
      throw new IllegalStateException(
          "ledger:"
              + endpoint.getOperation()
              + " needs the variable loading, the number of the manifest being read");
    }
    switch (endpoint.getOperation()) {
      case ADD -> add(exchange, loading);
      case ACCEPT -> {
        String sha256 = exchange.getVariable(LedgerConstants.SHA256, String.class);
        exchange.setVariable(LedgerConstants.BATCH, ledger.acceptance().accept(loading, sha256));
      }
      default -> {
        if (loading != null) {
          ledger.acceptance().discard(loading);
        }
      }
    }
  }

  private void add(Exchange exchange, long loading) {
    RowGroup group = exchange.getMessage().getBody(RowGroup.class);
    ledger.acceptance().add(loading, group);
  }
}
