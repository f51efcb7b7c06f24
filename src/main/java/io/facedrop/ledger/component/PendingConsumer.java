package io.facedrop.ledger.component;

import io.facedrop.api.Gate;
import io.facedrop.api.Permit;
import io.facedrop.api.Signal;
import io.facedrop.ledger.Image;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.LedgerException;
import io.facedrop.ledger.Outcome;
import io.facedrop.ledger.Settlement;
import io.facedrop.ledger.SettlementRules;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands claimed images to the route: a free worker, then a permit of the gate, then the claim, then
 * the exchange. A worker carries its row all the way and meets the writer once: its settlement and
 * the next claim are one commit.
 */
final class PendingConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(PendingConsumer.class);
  private static final long IDLE_MILLIS = 10_000;
  private static final long LEDGER_RETRY_MILLIS = 1_000;
  private static final int WRONG_ADDRESS = 404;

  private final LedgerEndpoint endpoint;
  private final Ledger ledger;
  private final Gate gate;
  private final Entrance entrance;
  private final SettlementRules rules;
  private final AtomicInteger held = new AtomicInteger();
  private ExecutorService workers;

  /** What one exchange came to. */
  private record Result(Image image, Permit permit, Outcome outcome) {}

  PendingConsumer(LedgerEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.ledger = endpoint.getComponent().getLedger();
    this.gate = endpoint.getComponent().getGate();
    this.entrance = new Entrance(gate);
    this.rules = endpoint.getComponent().getRules();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    int concurrency = endpoint.getConcurrency();
    workers =
        endpoint
            .getCamelContext()
            .getExecutorServiceManager()
            .newFixedThreadPool(this, "ledger-pending", concurrency);
    for (int i = 0; i < concurrency; i++) {
      workers.execute(this::work);
    }
  }

  @Override
  protected void doSuspend() throws Exception {
    entrance.callAway();
    super.doSuspend();
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    ledger.work().raise();
  }

  @Override
  protected void doStop() throws Exception {
    entrance.callAway();
    ledger.work().raise();
    if (workers != null) {
      endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
      workers = null;
    }
    super.doStop();
  }

  /** What a failure is called in the outputs. */
  static String words(Throwable failure) {
    return failure.getClass().getSimpleName() + ": " + failure.getMessage();
  }

  private void work() {
    Result result = null;
    try {
      while (result != null || !isStoppingOrStopped()) {
        result = next(result);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("a worker ends: {}", e.getMessage(), e);
      throw e;
    }
  }

  /** Settles the last result if there is one, and works on the next image if there may be one. */
  private Result next(Result last) throws InterruptedException {
    Settlement settlement = last == null ? null : finish(last);
    Permit permit = permit(settlement);
    if (permit == null && settlement == null) {
      noteHeld(null);
      return null;
    }
    Image image;
    try {
      image =
          ledger.settleAndClaim(
              settlement, permit != null, permit != null && permit.wantsFreshRow());
    } catch (LedgerException e) {
      giveBack(permit);
      waitForLedger(settlement, e);
      return null;
    }
    noteHeld(settlement);
    if (image == null) {
      giveBack(permit);
      return null;
    }
    return new Result(image, permit, process(image));
  }

  private Permit permit(Settlement settlement) throws InterruptedException {
    // Read before anything else is looked at, or a change in between would go unnoticed.
    long seen = ledger.work().count();
    if (settlement != null) {
      // Whether or not there is more to do, this settlement must not wait for it.
      return isGoing() ? gate.tryAcquire() : null;
    }
    if (isStoppingOrStopped()) {
      return null;
    }
    long idle = isGoing() ? ledger.nothingBefore() - System.currentTimeMillis() : IDLE_MILLIS;
    if (idle > 0) {
      long longest = held.get() == 0 ? IDLE_MILLIS : LEDGER_RETRY_MILLIS;
      ledger.work().await(seen, Math.min(idle, longest));
      return null;
    }
    return acquire();
  }

  private Permit acquire() {
    Permit permit = entrance.acquire();
    if (isGoing()) {
      return permit;
    }
    giveBack(permit);
    return null;
  }

  private Outcome process(Image image) {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(image);
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

  /** Tells the gate at once, so that it can close before another worker asks it. */
  private Settlement finish(Result result) {
    boolean proven = result.outcome().kind() != Outcome.Kind.NOT_FOUND || gate.state().proven();
    Settlement settlement =
        rules.settlement(result.image(), result.outcome(), proven, System.currentTimeMillis());
    gate.report(result.permit(), result.image().id(), SettlementRules.signal(result.outcome()));
    return settlement;
  }

  private void noteHeld(Settlement settlement) {
    if (settlement != null && settlement.state() == Settlement.State.HELD) {
      held.incrementAndGet();
    }
    int seen = held.get();
    if (seen == 0) {
      return;
    }
    try {
      if (gate.state().proven()) {
        ledger.settleHeld();
        held.addAndGet(-seen);
      } else if (gate.state().haltedCode() == WRONG_ADDRESS) {
        ledger.reopenHeld();
        held.addAndGet(-seen);
      }
    } catch (LedgerException e) {
      // The image in hand is claimed and goes first; this is tried again later.
      LOG.error("rows that were answered 404 stay as they are for now: {}", e.getMessage());
    }
  }

  private void giveBack(Permit permit) {
    if (permit != null) {
      gate.report(permit, 0, Signal.UNUSED);
    }
  }

  /** An outcome is worth more than a worker: it waits here until the ledger can be written. */
  private void waitForLedger(Settlement settlement, LedgerException failure)
      throws InterruptedException {
    LOG.error("nothing can be claimed: {}", failure.getMessage());
    LedgerException last = failure;
    while (last != null && last.mayPass() && (settlement != null || isGoing())) {
      ledger.work().await(ledger.work().count(), LEDGER_RETRY_MILLIS);
      try {
        ledger.settleAndClaim(settlement, false);
        last = null;
      } catch (LedgerException e) {
        last = e;
      }
    }
    if (last != null && settlement != null) {
      LOG.error("image {} cannot be settled: {}", settlement.image(), last.getMessage());
    }
    if (last == null) {
      LOG.info("the ledger can be written again");
      noteHeld(settlement);
    }
  }

  private boolean isGoing() {
    return isRunAllowed() && !isSuspendingOrSuspended() && !isStoppingOrStopped();
  }
}
