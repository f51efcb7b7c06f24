package io.facedrop.ledger.component;

import io.facedrop.api.client.ApiClient;
import io.facedrop.api.gate.Gate;
import io.facedrop.expect.Expectation;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.component.keeper.Housekeeper;
import io.facedrop.ledger.component.output.ManifestShelf;
import io.facedrop.ledger.component.output.OutputFault;
import io.facedrop.ledger.fault.LeaseEndedException;
import io.facedrop.ledger.settle.TransitionRules;
import io.facedrop.words.Cause;
import java.time.Duration;
import java.util.List;
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

  @Metadata(
      required = true,
      autowired = true,
      description = "Decides the transition of a row after an outcome.")
  private TransitionRules rules;

  @Metadata(
      defaultValue = "16",
      description = "The number of workers. Each worker carries one row at a time, of any stage.")
  private int concurrency = 16;

  @Metadata(
      defaultValue = "0",
      description =
          "How long the ledger keeps the rows of a complete batch. It keeps the batch and its"
              + " sums forever. 0 keeps the rows forever too.")
  private Duration retention = Duration.ZERO;

  private Workers workers;
  private Housekeeper housekeeper;
  private OutputFault.Reader outputFaults;
  private ManifestShelf manifests;
  private boolean apiClientHere;
  private Breakdown breakdown = (thread, failure) -> {};
  private List<Expectation> expectations = List.of();

  @Override
  protected void doInit() throws Exception {
    super.doInit();
    ledger = ledger != null ? ledger : findSingle(Ledger.class);
    gate = gate != null ? gate : findSingle(Gate.class);
    rules = rules != null ? rules : findSingle(TransitionRules.class);
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "the component ledger needs a concurrency of at least 1 but it is " + concurrency);
    }
    if (retention.isNegative()) {
      throw new IllegalArgumentException(
          "the component ledger needs a retention of at least 0 but it is " + retention);
    }
    ledger.work().queryAt(rules.times());
    ledger.whenBroken(failure -> breakDown("writer of the ledger", failure));
    workers = new Workers(getCamelContext(), ledger, gate, rules, this::breakDown);
    OutputFault.Reader reader =
        CamelContextHelper.findSingleByType(getCamelContext(), OutputFault.Reader.class);
    apiClientHere = CamelContextHelper.findSingleByType(getCamelContext(), ApiClient.class) != null;
    outputFaults = reader == null ? OutputFault::of : reader;
    manifests = CamelContextHelper.findSingleByType(getCamelContext(), ManifestShelf.class);
    housekeeper =
        new Housekeeper(
            getCamelContext(),
            ledger,
            retention,
            expectations,
            failure -> breakDown("housekeeper", failure));
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    housekeeper.start();
  }

  @Override
  protected void doStop() throws Exception {
    housekeeper.stop();
    super.doStop();
  }

  /** The threads that every consumer of rows shares. */
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
      String words = Cause.of(failure);
      if (failure instanceof LeaseEndedException) {
        LOG.error("the {} cannot go on, so facedrop ends: {}", thread, words);
      } else {
        LOG.error(
            "the {} cannot go on, so facedrop ends: {}; start it again", thread, words, failure);
      }
    } finally {
      // Also where there is no memory left to say so.
      breakdown.of(thread, failure);
    }
  }

  /** Whoever knows what failures to publish mean. */
  OutputFault.Reader getOutputFaults() {
    return outputFaults;
  }

  /** Where manifests lie that are to be archived; null where nobody knows. */
  ManifestShelf getManifests() {
    return manifests;
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

  /** Is called when a thread of the ledger's cannot go on, so that the process had better end. */
  public void setBreakdown(Breakdown breakdown) {
    this.breakdown = breakdown;
  }

  /** Has the component watch for what is expected, from its start on. */
  public void expect(List<Expectation> expected) {
    this.expectations = List.copyOf(expected);
  }

  public int getConcurrency() {
    return concurrency;
  }

  public void setConcurrency(int concurrency) {
    this.concurrency = concurrency;
  }

  public Duration getRetention() {
    return retention;
  }

  public void setRetention(Duration retention) {
    this.retention = retention;
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

  public TransitionRules getRules() {
    return rules;
  }

  public void setRules(TransitionRules rules) {
    this.rules = rules;
  }
}
