package io.facedrop.ledger.component;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.component.output.OutputFault;
import io.facedrop.ledger.component.output.OutputLinks;
import io.facedrop.ledger.component.output.Retries;
import io.facedrop.ledger.model.Publication;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What could not be published: when it comes again, and who is told. While rows cannot be published
 * for long, or for want of room, nothing more is submitted: it would expire unseen.
 */
final class OutputTroubles {
  private static final Logger LOG = LoggerFactory.getLogger(OutputsConsumer.class);

  private static final String STALLED = "rows cannot be published, so nothing more is submitted";
  private static final String STALLED_ELSEWHERE =
      "another node cannot publish rows, so nothing more is submitted";

  private final LedgerComponent component;
  private final Duration patience;
  private final Retries retries = new Retries();
  private final Reminders<Trouble> news = Reminders.every(Duration.ofMinutes(5), System::nanoTime);
  private final OutputLinks links;
  private boolean stalled;
  private boolean toldStalled;

  /** Folders fail in turns, each with its own words. */
  private record Trouble(Publication.Kind kind, String words) {}

  /**
   * @param patience for which rows may fail to be published before nothing more is submitted
   */
  OutputTroubles(LedgerComponent component, Duration patience) {
    this.component = component;
    this.patience = patience;
    this.links = new OutputLinks(component.getLedger());
  }

  boolean isDue(Publication publication) {
    return retries.isDue(publication);
  }

  /** Milliseconds until something comes again; {@link Long#MAX_VALUE} when nothing does. */
  long nextMillis() {
    return retries.nextMillis();
  }

  /** It was published. */
  void none(Publication publication) {
    retries.done(publication);
    look();
    if (!retries.areWaiting(publication.kind())) {
      end(publication.kind());
    }
  }

  private void end(Publication.Kind kind) {
    if (news.endAll(trouble -> trouble.kind() == kind)) {
      LOG.info("output {} can be published again", kind.noun());
    }
    links.tell(kind, "");
  }

  /** It was not. */
  void note(Publication publication, Exception failure) {
    OutputFault fault = component.getOutputFaults().of(failure);
    retries.failed(publication, fault);
    if (news.isDue(new Trouble(publication.kind(), fault.words()))) {
      LOG.error(
          "the {} of batch {} could not be published and will be tried again: {}",
          publication.kind().noun(),
          publication.batch().id(),
          fault.words());
    }
    LOG.debug("why", failure);
    look();
    links.tell(publication.kind(), fault.words());
  }

  /** Lets rows be submitted, or not. */
  void look() {
    Optional<Publication.Kind> longest = retries.stalled(patience);
    if (longest.isPresent() != stalled) {
      stalled = longest.isPresent();
      longest.ifPresentOrElse(
          kind ->
              LOG.error(
                  "no {} could be published for longer than facedrop.publish.interval, so nothing more"
                      + " is submitted: results expire after an hour. Open tasks are still queried."
                      + " Correct the output; facedrop then goes on by itself",
                  kind.noun()),
          () -> LOG.warn("rows can be published again, going on"));
    }
    boolean elsewhere = component.getLedger().isStalledElsewhere();
    boolean able = !stalled && !retries.areWithoutRoom();
    component
        .getLedger()
        .vitals()
        .suspension()
        .byOutputs(able ? elsewhere ? STALLED_ELSEWHERE : "" : STALLED);
    if (able == toldStalled) {
      component.getLedger().publishing().stalled(!able);
      toldStalled = !able;
    }
    links.tellSubmission(able ? "" : STALLED);
    component.getWorkers().submitting(able && !elsewhere);
  }
}
