package io.facedrop.ledger.component;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Link;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that cannot be delivered: when the next try is, and who is told. It holds up nothing else.
 *
 * <p>For one thread.
 */
final class EventTroubles {
  private static final Logger LOG = LoggerFactory.getLogger(EventsConsumer.class);
  private static final long FIRST_MILLIS = 250;
  private static final long LONGEST_MILLIS = 60_000;

  private final Ledger ledger;
  private final DeliveryFault faults;
  private final Reminders<String> news;
  private long pauseMillis;
  private String told;

  EventTroubles(Ledger ledger, DeliveryFault faults, LongSupplier nanos) {
    this.ledger = ledger;
    this.faults = faults;
    this.news = Reminders.every(Duration.ofHours(1), nanos);
  }

  /** An event was not delivered; how many milliseconds to wait. */
  long failed(Exception failure) {
    String words = faults.words(failure);
    if (news.isDue(Link.EVENTS)) {
      LOG.error("events wait, and are tried again until they are delivered: {}", words);
    }
    tell(words);
    return pause();
  }

  /** The ledger could not be asked or written; an event may be delivered twice. */
  long failed(LedgerException failure) {
    if (news.isDue(Link.EVENTS)) {
      LOG.error("events wait: {}; they are tried again", failure.getMessage());
    }
    return pause();
  }

  private long pause() {
    pauseMillis = Math.min(Math.max(FIRST_MILLIS, 2 * pauseMillis), LONGEST_MILLIS);
    return pauseMillis;
  }

  /** An event was delivered. */
  void none() {
    pauseMillis = 0;
    tell("");
    if (news.end(Link.EVENTS)) {
      LOG.info("events can be delivered again");
    }
  }

  private void tell(String words) {
    if (!words.equals(told == null ? last() : told)) {
      ledger.deliveries().link(Link.EVENTS, words);
    }
    told = words;
  }

  /** What an earlier process has told. */
  private String last() {
    return ledger.links().stream()
        .filter(link -> link.place().equals(Link.EVENTS))
        .map(Link::trouble)
        .findFirst()
        .orElse("");
  }
}
