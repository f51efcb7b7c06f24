package io.facedrop.ledger.component;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.component.output.Archivist;
import io.facedrop.ledger.component.output.OutputLooks;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.model.Publication;
import io.facedrop.words.Cause;
import io.facedrop.words.Count;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what is to be published, one after the other: that a batch was accepted, if that is
 * asked for, its parts, then its manifest for the archive, then its report. Something counts as
 * published when its exchange has ended without a failure; else it comes again, after a pause that
 * grows and that holds up nothing else. Of several nodes each publishes batches of its own.
 *
 * <p>The route leaves the name, the place and the SHA-256 of a part in the variables {@code file},
 * {@code place} and {@code sha256}.
 */
final class OutputsConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputsConsumer.class);
  private static final long COALESCE_MILLIS = 50;

  private final LedgerEndpoint endpoint;
  private final Reminders<Ledger> waits = Reminders.every(Duration.ofMinutes(1), System::nanoTime);
  private final Ledger ledger;
  private final OutputTroubles troubles;
  private final OutputLooks looks;
  private final Archivist archivist;
  private ExecutorService publisher;

  OutputsConsumer(LedgerEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.ledger = endpoint.getComponent().getLedger();
    this.troubles = new OutputTroubles(endpoint.getComponent(), endpoint.getInterval());
    this.looks = new OutputLooks(ledger, endpoint.getInterval());
    this.archivist =
        new Archivist(ledger, endpoint.getComponent().getManifests(), System::nanoTime);
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
  protected void doResume() throws Exception {
    super.doResume();
    ledger.publishing().signal().raise();
  }

  @Override
  protected void doStop() throws Exception {
    ledger.publishing().signal().raise();
    if (publisher != null) {
      endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(publisher);
      publisher = null;
    }
    super.doStop();
  }

  private void publish() {
    try {
      while (!isStoppingOrStopped()) {
        // Read before anything else is looked at, or a change in between would go unnoticed.
        long seen = ledger.publishing().signal().count();
        long wait = isGoing() ? publishAll() : OutputLooks.LONGEST_MILLIS;
        long looked = System.nanoTime();
        if (!isStoppingOrStopped()) {
          ledger.publishing().signal().await(seen, wait);
          coalesce(looked);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      endpoint.getComponent().breakDown("publisher", e);
    }
  }

  /**
   * Rows settle by the thousand; looking for each would cost more than it finds.
   *
   * @param lookedNanos when the last look ended
   */
  private static void coalesce(long lookedNanos) throws InterruptedException {
    long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lookedNanos);
    Thread.sleep(Math.max(0, COALESCE_MILLIS - since));
  }

  /** Publishes what can be published; how many milliseconds there is nothing more to do. */
  private long publishAll() {
    boolean orphans = false;
    try {
      orphans = ledger.publishing().adopt();
      Set<Long> unacknowledged = acknowledge();
      publishParts();
      ledger.publishing().settledBatches().stream()
          .filter(batch -> !unacknowledged.contains(batch.number()))
          .forEach(this::finish);
      troubles.look();
      waits.end(ledger);
    } catch (RuntimeException e) {
      if (waits.isDue(ledger, Cause.of(e))) {
        LOG.error("nothing can be published: {}; it is tried again", Cause.of(e));
      }
    }
    return Math.min(troubles.nextMillis(), looks.nextMillis(orphans));
  }

  /** Publishes which batches were accepted; those of which it could not be. */
  private Set<Long> acknowledge() {
    return endpoint.isAcknowledge()
        ? ledger.publishing().unacknowledgedBatches().stream()
            .filter(batch -> !publishIfDue(Publication.acknowledging(batch)))
            .map(Batch::number)
            .collect(Collectors.toSet())
        : Set.of();
  }

  private void publishParts() {
    for (Part part : ledger.publishing().partsToPublish(looks.openedBefore())) {
      publishIfDue(Publication.of(ledger.batch(part.batch()).orElseThrow(), part));
    }
  }

  private void finish(Batch batch) {
    if (ledger.of(batch).parts().stream().anyMatch(part -> part.publishedAt() == null)) {
      // It could not be published yet, or its last row has settled since the parts were looked at.
      return;
    }
    Publication last = Publication.last(batch);
    if (last.kind() == Publication.Kind.ARCHIVE && !archivist.takes(batch)) {
      return;
    }
    if (publishIfDue(last) && last.kind() == Publication.Kind.ARCHIVE) {
      finish(ledger.batch(batch.number()).orElseThrow());
    }
  }

  private boolean publishIfDue(Publication publication) {
    if (!isGoing() || !troubles.isDue(publication)) {
      return false;
    }
    Exception failure = publish(publication);
    if (failure == null) {
      troubles.none(publication);
    } else {
      troubles.note(publication, failure);
    }
    return failure == null;
  }

  /** Publishes; what went wrong, or null. */
  private Exception publish(Publication publication) {
    Exchange exchange = createExchange(false);
    try {
      exchange.getMessage().setBody(publication);
      exchange.setVariable(LedgerConstants.OUTPUT, publication.kind().word());
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      published(publication, exchange);
      return null;
    } catch (Exception e) {
      return e;
    } finally {
      releaseExchange(exchange, false);
    }
  }

  private void published(Publication publication, Exchange exchange) {
    switch (publication.kind()) {
      case ACCEPTED -> ledger.publishing().acknowledged(publication.batch());
      case ARCHIVE -> ledger.publishing().archived(publication.batch());
      case REPORT -> {
        ledger.publishing().completed(publication.batch());
        Batch batch = publication.batch();
        LOG.info("batch {} is complete: {}", batch.id(), batch.sum());
        LOG.info("{} is out", exchange.getVariable(LedgerConstants.FILE, String.class));
      }
      default -> {
        String file = exchange.getVariable(LedgerConstants.FILE, String.class);
        ledger
            .publishing()
            .published(
                publication.part(),
                file,
                exchange.getVariable(LedgerConstants.PLACE, String.class),
                exchange.getVariable(LedgerConstants.SHA256, String.class));
        LOG.info("{} is out, {}", file, Count.of(publication.part().rows(), "row"));
      }
    }
  }

  private boolean isGoing() {
    return isRunAllowed() && !isSuspendingOrSuspended() && !isStoppingOrStopped();
  }
}
