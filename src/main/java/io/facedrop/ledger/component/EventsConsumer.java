package io.facedrop.ledger.component;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.claim.WorkSignal;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Notice;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.DefaultConsumer;

/**
 * Hands over events one at a time, in the order in which they happened. An event counts as
 * delivered when its exchange has ended without a failure; else it comes again, after a pause that
 * grows, and none overtakes it. Of several nodes the keeper does it for all.
 */
final class EventsConsumer extends DefaultConsumer implements Suspendable {
  /** Another process may have something to tell, and says nothing of it. */
  private static final long LOOK_MILLIS = 500;

  private static final long STOP_SECONDS = 2;

  private final LedgerEndpoint endpoint;
  private final Ledger ledger;
  private final WorkSignal wake = new WorkSignal();
  private final EventTroubles troubles;
  private ExecutorService deliverer;

  EventsConsumer(LedgerEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.ledger = endpoint.getComponent().getLedger();
    DeliveryFault known =
        CamelContextHelper.findSingleByType(endpoint.getCamelContext(), DeliveryFault.class);
    this.troubles =
        new EventTroubles(ledger, known == null ? DeliveryFault.USUAL : known, System::nanoTime);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    deliverer =
        endpoint
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, "ledger-events");
    deliverer.execute(this::deliver);
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    wake.raise();
  }

  @Override
  protected void doStop() throws Exception {
    wake.raise();
    if (deliverer != null) {
      endpoint
          .getCamelContext()
          .getExecutorServiceManager()
          .shutdownGraceful(deliverer, TimeUnit.SECONDS.toMillis(STOP_SECONDS));
      deliverer = null;
    }
    super.doStop();
  }

  private void deliver() {
    try {
      while (!isStoppingOrStopped()) {
        long seen = wake.count();
        wake.await(seen, isGoing() && ledger.isKeeper() ? deliverAll() : LOOK_MILLIS);
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      endpoint.getComponent().breakDown("deliverer of events", e);
    }
  }

  /** Delivers what can be delivered; how many milliseconds to wait then. */
  private long deliverAll() {
    try {
      Optional<Notice> next = ledger.notices().next();
      while (next.isPresent() && isGoing()) {
        Exception failure = deliver(next.get());
        if (failure != null) {
          return troubles.failed(failure);
        }
        ledger.notices().delivered(next.get());
        troubles.none();
        next = ledger.notices().next();
      }
      return LOOK_MILLIS;
    } catch (LedgerException e) {
      return troubles.failed(e);
    }
  }

  /** Delivers; what went wrong, or null. */
  private Exception deliver(Notice notice) {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(notice);
      exchange.getMessage().setMessageId(notice.id());
      exchange.setVariable(LedgerConstants.EVENT, notice.kind().words());
      getProcessor().process(exchange);
      return exchange.getException();
    } catch (Exception e) {
      return e;
    } catch (LinkageError incomplete) {
      // The jars of the operator's endpoint do not fit together: facedrop itself goes on.
      return new IllegalStateException(incomplete);
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private boolean isGoing() {
    return isRunAllowed() && !isSuspendingOrSuspended() && !isStoppingOrStopped();
  }
}
