package io.facedrop.ledger.component;

import io.facedrop.api.RequestKind;
import io.facedrop.api.answer.RequestTrail;
import io.facedrop.api.answer.Stage;
import io.facedrop.api.gate.Permit;
import io.facedrop.clock.Reminders;
import io.facedrop.ledger.model.ClaimedRow;
import io.facedrop.ledger.model.Outcome;
import io.facedrop.words.Cause;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands claimed rows of one stage and kind to the route; the {@link Workers} bring them. */
final class RowConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(RowConsumer.class);

  private static final long LONGEST_STOP_SECONDS = 10;

  private final LedgerEndpoint endpoint;
  private final Workers workers;
  private final Stage stage;
  private final RequestKind kind;

  /** Rows that are at work or may be claimed right now, as permits that are missing. */
  private final Semaphore atWork = new Semaphore(Integer.MAX_VALUE);

  private final Reminders<RequestKind> failures =
      Reminders.every(Duration.ofMinutes(1), System::nanoTime);

  private boolean drained;

  RowConsumer(LedgerEndpoint endpoint, Processor processor, RequestKind kind) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.workers = endpoint.getComponent().getWorkers();
    this.stage = endpoint.getStage();
    this.kind = kind;
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
    try {
      drained = atWork.tryAcquire(Integer.MAX_VALUE, LONGEST_STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    if (!drained) {
      LOG.warn("rows of {} are still at work", getEndpoint().getEndpointUri());
    }
    super.doStop();
  }

  /** Whether a row may be claimed for it; each time it may, {@link #done} follows. */
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

  RequestKind kind() {
    return kind;
  }

  int concurrency() {
    return endpoint.getComponent().getConcurrency();
  }

  long mostOpenTasks() {
    return endpoint.getMaxOpenTasks() == 0 ? Long.MAX_VALUE : endpoint.getMaxOpenTasks();
  }

  boolean isGoing() {
    return isRunAllowed()
        && !isSuspendingOrSuspended()
        && !isStoppingOrStopped()
        && (kind != RequestKind.CREATE || workers.isSubmitting());
  }

  /** Sends one row through the route, whose request leaves by the permit. */
  Handled handle(ClaimedRow claimed, Permit permit) {
    Exchange exchange = createExchange(false);
    RequestTrail trail = new RequestTrail(permit, stage, claimed.task() == null);
    AtomicReference<Outcome> noted = LedgerConstants.prepare(exchange);
    Throwable failure = null;
    try {
      exchange.setProperty(RequestTrail.PROPERTY, trail);
      exchange.getMessage().setBody(claimed);
      exchange.setVariable(
          LedgerConstants.COLUMNS,
          new RowColumns(endpoint.getComponent().getLedger(), claimed.id()));
      if (claimed.task() != null) {
        exchange.setVariable(LedgerConstants.TASK, claimed.task().encodedId());
      }
      getProcessor().process(exchange);
      failure = failure(exchange);
    } catch (Throwable e) {
      // An Error too: a worker that ended here would keep its permit and its claim for good.
      failure = e;
    } finally {
      trail.end();
    }
    boolean sentElsewhere = exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT) != null;
    Outcome outcome = outcome(claimed, noted.get(), trail, failure, sentElsewhere);
    releaseExchange(exchange, false);
    return new Handled(outcome, trail);
  }

  /** What came of a row, and what was sent for it. */
  record Handled(Outcome outcome, RequestTrail trail) {}

  private static Throwable failure(Exchange exchange) {
    return exchange.getException() != null
        ? exchange.getException()
        : exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
  }

  private Outcome outcome(
      ClaimedRow claimed,
      Outcome noted,
      RequestTrail trail,
      Throwable failure,
      boolean sentElsewhere) {
    boolean untold = noted == null && trail.obstacle() == null && trail.failure() == null;
    Outcome outcome =
        trail.requests() > 0 || endpoint.getComponent().isApiClientHere()
            ? new Conclusion(stage, kind, noted, trail, failure).outcome()
            : noted != null ? noted : withoutClient(failure, sentElsewhere);
    if (untold) {
      tell(claimed, outcome, failure);
    }
    return outcome;
  }

  /** The first time and then once a minute: a step that fails may do so for every row. */
  private void tell(ClaimedRow claimed, Outcome outcome, Throwable failure) {
    if (failures.isDue(kind)) {
      LOG.error(
          "the route of {}, for the {}, {}. facedrop treats the row as {}{}; correct the route",
          getEndpoint().getEndpointBaseUri(),
          endpoint.getComponent().getLedger().name(claimed.id()),
          failure == null ? "ended without an outcome" : "failed: " + Cause.of(failure),
          outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          outcome.isAnswered() ? ", by what the API answered" : "");
    }
  }

  /** Where requests do not leave through facedrop's client, nobody knows what was sent. */
  private static Outcome withoutClient(Throwable failure, boolean sentElsewhere) {
    String message = failure == null ? "the route ended without an outcome" : Cause.of(failure);
    return Outcome.withoutAnswer(
        sentElsewhere ? Outcome.Kind.IN_DOUBT : Outcome.Kind.UNREACHABLE, message);
  }
}
