package io.facedrop.ledger.component;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Admission;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.manifest.ManifestRejectedException;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the rows of a manifest in, and makes it a batch or nothing. */
final class AcceptanceProducer extends DefaultProducer {
  private static final Logger LOG = LoggerFactory.getLogger(AcceptanceProducer.class);

  private final LedgerEndpoint endpoint;
  private final Ledger ledger;

  AcceptanceProducer(LedgerEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
    this.ledger = endpoint.getComponent().getLedger();
  }

  @Override
  public void process(Exchange exchange) throws ManifestRejectedException {
    Long loading = exchange.getVariable(LedgerConstants.LOADING, Long.class);
    if (loading == null && endpoint.getOperation() != Operation.DISCARD) {
      throw new IllegalStateException(
          "ledger:"
              + endpoint.getOperation()
              + " needs the variable loading, the number of the manifest being read");
    }
    switch (endpoint.getOperation()) {
      case ADD -> add(exchange, loading);
      case ACCEPT -> accept(exchange, loading);
      default -> discard(loading);
    }
  }

  /** What cannot be removed now does not hide why it is to be removed. */
  private void discard(Long loading) {
    try {
      if (loading == null) {
        ledger.acceptance().removeDiscarded();
      } else {
        ledger.acceptance().discard(loading);
      }
    } catch (LedgerException later) {
      LOG.debug("a manifest that was not accepted is removed later", later);
    }
  }

  /** A file that another process has accepted meanwhile is no batch here, and no fault either. */
  private void accept(Exchange exchange, long loading) throws ManifestRejectedException {
    String sha256 = exchange.getVariable(LedgerConstants.SHA256, String.class);
    Admission admission =
        exchange.getVariable(LedgerConstants.ADMISSION, Admission.FREE, Admission.class);
    Optional<Batch> batch = ledger.acceptance().accept(loading, sha256, admission);
    if (batch.isPresent()) {
      exchange.setVariable(LedgerConstants.BATCH, batch.get());
    } else {
      LOG.debug("{} was accepted by another process meanwhile", loading);
      discard(loading);
      exchange.setRouteStop(true);
    }
  }

  private void add(Exchange exchange, long loading) {
    RowGroup group = exchange.getMessage().getBody(RowGroup.class);
    ledger.acceptance().add(loading, group);
  }
}
