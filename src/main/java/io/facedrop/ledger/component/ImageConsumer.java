package io.facedrop.ledger.component;

import io.facedrop.ledger.Image;
import io.facedrop.ledger.Outcome;
import io.facedrop.ledger.Stage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands claimed images of one stage to the route; the {@link Workers} bring them. */
final class ImageConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(ImageConsumer.class);

  private static final long LONGEST_STOP_SECONDS = 10;

  private final LedgerEndpoint endpoint;
  private final Workers workers;
  private final Stage stage;

  /** Images that are at work or may be claimed right now, as permits that are missing. */
  private final Semaphore atWork = new Semaphore(Integer.MAX_VALUE);

  private boolean drained;

  ImageConsumer(LedgerEndpoint endpoint, Processor processor, Stage stage) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.workers = endpoint.getComponent().getWorkers();
    this.stage = stage;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (drained) {
      drained = false;
      atWork.release(Integer.MAX_VALUE);
    }
    workers.join(this);
  }

  @Override
  protected void doSuspend() throws Exception {
    workers.callAway();
    super.doSuspend();
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    workers.lookAgain();
  }

  @Override
  protected void doStop() throws Exception {
    workers.leave(this);
    drained = atWork.tryAcquire(Integer.MAX_VALUE, LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
    if (!drained) {
      LOG.warn("images of {} are still at work", getEndpoint().getEndpointUri());
    }
    super.doStop();
  }

  /** Whether an image may be claimed for it; each time it may, {@link #done} follows. */
  boolean begin() {
    return isGoing() && atWork.tryAcquire();
  }

  /** Nothing was claimed after all, or what was is settled. */
  void done() {
    atWork.release();
  }

  Stage stage() {
    return stage;
  }

  int concurrency() {
    return endpoint.getConcurrency();
  }

  long mostOpenTasks() {
    return endpoint.getMaxOpenTasks() == 0 ? Long.MAX_VALUE : endpoint.getMaxOpenTasks();
  }

  boolean isGoing() {
    return isRunAllowed()
        && !isSuspendingOrSuspended()
        && !isStoppingOrStopped()
        && (stage != Stage.PENDING || workers.isSubmitting());
  }

  /** Sends one image through the route. */
  Outcome handle(Image image) {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(image);
      if (image.task() != null) {
        exchange.setVariable(LedgerConstants.TASK, image.task().encodedId());
      }
      getProcessor().process(exchange);
      Outcome outcome = LedgerConstants.outcome(exchange);
      return outcome != null ? outcome : withoutOutcome(exchange);
    } catch (Throwable e) {
      // An Error too: a worker that ended here would keep its permit and its claim for good.
      exchange.setException(e);
      return withoutOutcome(exchange);
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private static Outcome withoutOutcome(Exchange exchange) {
    Exception failure = exchange.getException();
    String message = failure == null ? "the route ended without an outcome" : words(failure);
    boolean sent = exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT) != null;
    LOG.error("an image was left {}: {}", sent ? "in doubt" : "open", message);
    return Outcome.withoutAnswer(sent ? Outcome.Kind.IN_DOUBT : Outcome.Kind.NOT_SENT, message);
  }

  /** What a failure is called in the outputs. */
  static String words(Throwable failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }
}
