package io.facedrop.ledger.component;

import io.facedrop.ledger.Reason;
import io.facedrop.ledger.Stage;
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
 * Take images to work on from the ledger and record what became of them.
 *
 * <p>{@code from: ledger:pending} hands over one claimed image an exchange, on {@code concurrency}
 * workers, and {@code from: ledger:submitted} likewise those whose task runs, when their result is
 * to be asked for, which goes first. The claim is committed before the exchange starts. A producer
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
          "pending,submitted,outputs,add,accept,discard,running,succeeded,dead-letter,not-found,"
              + "retry,refused,maintenance,halt,in-doubt,unreachable",
      description =
          "What to do. Consumers: pending (claimed images to submit), submitted (claimed images whose"
              + " task runs) and outputs (what is to be published). All others, and submitted, are"
              + " producers.")
  @Metadata(required = true)
  private final Operation operation;

  @UriParam(
      label = "consumer",
      defaultValue = "16",
      description =
          "Of pending and submitted: images at work at once, each on a thread of its own. Both share"
              + " their threads, so many as the larger of the two says.")
  private int concurrency = 16;

  @UriParam(
      label = "consumer",
      defaultValue = "0",
      description =
          "Of pending: nothing is submitted while so many tasks are open, so that asking for results"
              + " leaves room for submitting. 0 for no bound.")
  private long maxOpenTasks;

  @UriParam(
      label = "consumer",
      defaultValue = "5m",
      description =
          "Of outputs: how long a settled row may wait for its part. The end of a batch publishes at"
              + " once.")
  private Duration interval = Duration.ofMinutes(5);

  @UriParam(
      label = "consumer",
      defaultValue = "false",
      description =
          "Of outputs: whether the acceptance of a batch is published too, before all else.")
  private boolean acknowledge;

  @UriParam(
      label = "consumer",
      defaultValue = "0",
      description =
          "Of outputs: how long the rows of a complete batch are kept in the ledger, as a duration."
              + " What the batch was and came to is kept for good. 0 for ever.")
  private Duration retention = Duration.ZERO;

  @UriParam(
      label = "producer",
      description =
          "Of dead-letter: why. Of retry: why, once no attempt is left. One of the reasons of the"
              + " dead-letter output.")
  private Reason reason;

  LedgerEndpoint(String uri, LedgerComponent component, Operation operation) {
    super(uri, component);
    this.operation = operation;
  }

  @Override
  public Producer createProducer() {
    return switch (operation) {
      case PENDING, OUTPUTS ->
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
    if (concurrency < 1) {
      throw new IllegalArgumentException(
          "ledger:" + operation + " needs a concurrency of at least 1 but it is " + concurrency);
    }
    if (maxOpenTasks < 0) {
      throw new IllegalArgumentException(
          "ledger:" + operation + " needs a maxOpenTasks of at least 0 but it is " + maxOpenTasks);
    }
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException(
          "ledger:" + operation + " needs an interval above 0 but it is " + interval);
    }
    if (retention.isNegative()) {
      throw new IllegalArgumentException(
          "ledger:" + operation + " needs a retention of at least 0 but it is " + retention);
    }
    Consumer consumer =
        switch (operation) {
          case PENDING -> new ImageConsumer(this, processor, Stage.PENDING);
          case SUBMITTED -> new ImageConsumer(this, processor, Stage.SUBMITTED);
          case OUTPUTS -> new OutputsConsumer(this, processor);
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

  public int getConcurrency() {
    return concurrency;
  }

  public void setConcurrency(int concurrency) {
    this.concurrency = concurrency;
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

  public Duration getRetention() {
    return retention;
  }

  public void setRetention(Duration retention) {
    this.retention = retention;
  }

  public Reason getReason() {
    return reason;
  }

  public void setReason(Reason reason) {
    this.reason = reason;
  }
}
