package io.facedrop.ledger.component;

import io.facedrop.api.ApiClient;
import io.facedrop.api.Gate;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.SettlementRules;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultComponent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes {@code ledger:} endpoints. */
@Component("ledger")
public class LedgerComponent extends DefaultComponent {
  private static final Logger LOG = LoggerFactory.getLogger(LedgerComponent.class);

  @Metadata(required = true, autowired = true, description = "The ledger to work on.")
  private Ledger ledger;

  @Metadata(required = true, autowired = true, description = "The gate that every request passes.")
  private Gate gate;

  @Metadata(required = true, autowired = true, description = "How a row goes on after an outcome.")
  private SettlementRules rules;

  private Workers workers;
  private OutputFault.Reader outputFaults;
  private boolean apiClientHere;
  private Breakdown breakdown;

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    ledger = ledger != null ? ledger : findSingle(Ledger.class);
    gate = gate != null ? gate : findSingle(Gate.class);
    rules = rules != null ? rules : findSingle(SettlementRules.class);
    Breakdown bound = CamelContextHelper.findSingleByType(getCamelContext(), Breakdown.class);
    breakdown = bound != null ? bound : (thread, failure) -> {};
    ledger.whenBroken(failure -> breakDown("writer of the ledger", failure));
    workers = new Workers(getCamelContext(), ledger, gate, rules, this::breakDown);
    OutputFault.Reader reader =
        CamelContextHelper.findSingleByType(getCamelContext(), OutputFault.Reader.class);
    apiClientHere = CamelContextHelper.findSingleByType(getCamelContext(), ApiClient.class) != null;
    outputFaults = reader == null ? OutputFault::of : reader;
  }

  /** The threads that every consumer of images shares. */
  Workers getWorkers() {
    return workers;
  }

  /** Whether requests leave through facedrop's client, so that what it has not seen never left. */
  boolean isApiClientHere() {
    return apiClientHere;
  }

  /** A thread cannot go on. */
  void breakDown(String thread, Throwable failure) {
    try {
      LOG.error("the {} cannot go on, so facedrop ends; start it again", thread, failure);
    } finally {
      // Also where there is no memory left to say so.
      breakdown.of(thread, failure);
    }
  }

  /** Whoever knows what failures to publish mean. */
  OutputFault.Reader getOutputFaults() {
    return outputFaults;
  }

  private <T> T findSingle(Class<T> type) {
    T found = CamelContextHelper.findSingleByType(getCamelContext(), type);
    if (found == null) {
      throw new IllegalArgumentException(
          "the component ledger needs one " + type.getName() + " in the registry");
    }
    return found;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    LedgerEndpoint endpoint = new LedgerEndpoint(uri, this, Operation.of(remaining));
    setProperties(endpoint, parameters);
    return endpoint;
  }

  public Ledger getLedger() {
    return ledger;
  }

  public void setLedger(Ledger ledger) {
    this.ledger = ledger;
  }

  public Gate getGate() {
    return gate;
  }

  public void setGate(Gate gate) {
    this.gate = gate;
  }

  public SettlementRules getRules() {
    return rules;
  }

  public void setRules(SettlementRules rules) {
    this.rules = rules;
  }
}
