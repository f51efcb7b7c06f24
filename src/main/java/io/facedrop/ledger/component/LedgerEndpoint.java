package io.facedrop.ledger.component;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.Stage;
import io.facedrop.ledger.model.Reason;
import java.time.Duration;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Claim rows of the ledger to work on and record what became of them.
 *
 * <p>{@code from: ledger:claim-pending} hands over one claimed row an exchange, on the component's
 * {@code concurrency} workers, and {@code from: ledger:claim-submitted} likewise those whose task
 * is due for a query, which go first. The claim is committed before the exchange starts. A producer
 * such as {@code ledger:succeeded} only notes the outcome on the exchange; the consumer settles it
 * when the exchange is complete, as far as the HTTP client's record of what left and was answered
 * bears it out. An exchange that ends without an outcome, or with an exception, goes on by that
 * record alone.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "ledger",
    title = "Ledger",
    syntax = "ledger:operation",
    category = {Category.WORKFLOW},
    headersClass = LedgerConstants.class)
public class LedgerEndpoint extends DefaultEndpoint {
  @UriPath(
      enums =
          "claim-pending,claim-submitted,publish,events,add,accept,discard,submitted,running,succeeded,"
              + "dead-letter,not-found,retry,pause,halt,in-doubt,unreachable",
      description =
          "What to do. Consumers: claim-pending (rows that wait for a create),"
              + " claim-submitted (rows whose task is due for a query), publish (acknowledgements,"
              + " parts, manifests and reports) and events (events for the operator). All others are"
              + " producers.")
  @Metadata(required = true)
  private final Operation operation;

  @UriParam(
      label = "consumer",
      enums = "detect",
      defaultValue = "detect",
      description =
          "For claim-pending and claim-submitted: the stage whose rows the consumer claims.")
  private Stage stage = Stage.first();

  @UriParam(
      label = "consumer",
      defaultValue = "0",
      description =
          "For claim-pending: claim no row while so many tasks are open, because their"
              + " queries need a part of the rate. 0 means no limit.")
  private long maxOpenTasks;

  @UriParam(
      label = "consumer",
      defaultValue = "5m",
      description =
          "For publish: how long a settled row may wait for its part. At the end of a batch,"
              + " its rows do not wait.")
  private Duration interval = Duration.ofMinutes(5);

  @UriParam(
      label = "consumer",
      defaultValue = "false",
      description = "For publish: whether to publish an acknowledgement of each batch first.")
  private boolean acknowledge;

  @UriParam(
      label = "producer",
      description =
          "For dead-letter: the reason of the dead letter. For retry: the reason when no"
              + " attempt is left.")
  private Reason reason;

  LedgerEndpoint(String uri, LedgerComponent component, Operation operation) {
    super(uri, component);
    this.operation = operation;
  }

  @Override
  public Producer createProducer() {
    return switch (operation) {
      case CLAIM_PENDING, CLAIM_SUBMITTED, PUBLISH, EVENTS ->
          throw new IllegalArgumentException("ledger:" + operation + " can only be consumed from");
      case ADD, ACCEPT, DISCARD -> new AcceptanceProducer(this);
      case DEAD_LETTER, RETRY -> {
        if (reason == null) {
          throw new IllegalArgumentException("ledger:" + operation + " needs the option reason");
        }
        yield new OutcomeProducer(this);
      }
      default -> new OutcomeProducer(this);
    };
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    if (maxOpenTasks < 0) {
      throw new IllegalArgumentException(
          "ledger:" + operation + " needs a maxOpenTasks of at least 0 but it is " + maxOpenTasks);
    }
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException(
          "ledger:" + operation + " needs an interval above 0 but it is " + interval);
    }
    Consumer consumer =
        switch (operation) {
          case CLAIM_PENDING -> new RowConsumer(this, processor, RequestKind.CREATE);
          case CLAIM_SUBMITTED -> new RowConsumer(this, processor, RequestKind.QUERY);
          case PUBLISH -> new OutputsConsumer(this, processor);
          case EVENTS -> new EventsConsumer(this, processor);
          default ->
              throw new IllegalArgumentException("ledger:" + operation + " can only be sent to");
        };
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public LedgerComponent getComponent() {
    return (LedgerComponent) super.getComponent();
  }

  public Operation getOperation() {
    return operation;
  }

  public Stage getStage() {
    return stage;
  }

  public void setStage(Stage stage) {
    this.stage = stage;
  }

  public long getMaxOpenTasks() {
    return maxOpenTasks;
  }

  public void setMaxOpenTasks(long maxOpenTasks) {
    this.maxOpenTasks = maxOpenTasks;
  }

  public Duration getInterval() {
    return interval;
  }

  public void setInterval(Duration interval) {
    this.interval = interval;
  }

  public boolean isAcknowledge() {
    return acknowledge;
  }

  public void setAcknowledge(boolean acknowledge) {
    this.acknowledge = acknowledge;
  }

  public Reason getReason() {
    return reason;
  }

  public void setReason(Reason reason) {
    this.reason = reason;
  }
}
