package io.facedrop.ledger.component;

import io.facedrop.ledger.Batch;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.Part;
import io.facedrop.ledger.Publication;
import io.facedrop.ledger.WorkSignal;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what is to be published, one after the other: a batch's parts, then its manifest for
 * the archive, then its report. Something counts as published when its exchange has ended without a
 * failure; else it comes again.
 *
 * <p>The route leaves the name and the SHA-256 of a part in the variables {@code file} and {@code
 * sha256}.
 */
final class OutputsConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputsConsumer.class);
  private static final long LONGEST_WAIT_MILLIS = 5_000;
  private static final long COALESCE_MILLIS = 50;
  private static final long FIRST_RETRY_MILLIS = 1_000;
  private static final long LONGEST_RETRY_MILLIS = 30_000;

  private final LedgerEndpoint endpoint;
  private final Ledger ledger;
  private final WorkSignal stopping = new WorkSignal();
  private ExecutorService publisher;
  private long retryMillis = FIRST_RETRY_MILLIS;

  OutputsConsumer(LedgerEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.ledger = endpoint.getComponent().getLedger();
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    publisher =
        endpoint
            .getCamelContext()
            .getExecutorServiceManager()
            .newSingleThreadExecutor(this, "ledger-outputs");
    publisher.execute(this::publish);
  }

  @Override
  protected void doStop() throws Exception {
    stopping.raise();
    ledger.settled().raise();
    if (publisher != null) {
      endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(publisher);
      publisher = null;
    }
    super.doStop();
  }

  private void publish() {
    try {
      while (isGoing()) {
        long seen = ledger.settled().count();
        if (publishAll()) {
          ledger
              .settled()
              .await(seen, Math.min(LONGEST_WAIT_MILLIS, endpoint.getInterval().toMillis()));
          // Rows settle by the thousand; looking for each would cost more than it finds.
          pause(COALESCE_MILLIS);
        } else {
          pause(retryMillis);
          retryMillis = Math.min(retryMillis * 2, LONGEST_RETRY_MILLIS);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private void pause(long millis) throws InterruptedException {
    stopping.await(0, millis);
  }

  /** Whether everything that was to be published is. */
  private boolean publishAll() {
    try {
      ledger.finishCancellations();
      boolean all = publishParts();
      for (Batch batch : ledger.settledBatches()) {
        all &= finish(batch);
      }
      if (all) {
        retryMillis = FIRST_RETRY_MILLIS;
      }
      return all;
    } catch (RuntimeException e) {
      LOG.error("nothing can be published: {}", e.getMessage());
      return false;
    }
  }

  private boolean publishParts() {
    List<Part> parts = ledger.partsToPublish(Instant.now().minus(endpoint.getInterval()));
    boolean all = true;
    for (Part part : parts) {
      Batch batch = ledger.batch(part.batch()).orElseThrow();
      all &= isGoing() && publish(Publication.of(batch, part));
    }
    return all;
  }

  private boolean finish(Batch batch) {
    if (!isGoing() || ledger.parts(batch).stream().anyMatch(part -> part.publishedAt() == null)) {
      // Its last row has settled since the parts were looked at, and said so.
      return true;
    }
    Publication last = Publication.last(batch);
    if (!publish(last)) {
      return false;
    }
    return last.kind() == Publication.Kind.REPORT
        || finish(ledger.batch(batch.number()).orElseThrow());
  }

  private boolean publish(Publication publication) {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(publication);
      exchange.setVariable(LedgerConstants.OUTPUT, publication.kind().word());
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      published(publication, exchange);
      return true;
    } catch (Exception e) {
      LOG.error(
          "the {} of batch {} could not be published and will be tried again: {}",
          publication.kind().word(),
          publication.batch().id(),
          PendingConsumer.words(e));
      return false;
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private void published(Publication publication, Exchange exchange) {
    switch (publication.kind()) {
      case ARCHIVE -> ledger.archived(publication.batch());
      case REPORT -> {
        ledger.completed(publication.batch());
        Batch batch = publication.batch();
        LOG.info(
            "batch {} is complete: {} rows = {} succeeded + {} dead letters",
            batch.id(),
            batch.rows(),
            batch.succeeded(),
            batch.dead());
      }
      default ->
          ledger.published(
              publication.part(),
              exchange.getVariable(LedgerConstants.FILE, String.class),
              exchange.getVariable(LedgerConstants.SHA256, String.class));
    }
  }

  private boolean isGoing() {
    return isRunAllowed() && !isSuspendingOrSuspended() && !isStoppingOrStopped();
  }
}
