package io.facedrop.intake;

import io.facedrop.clock.Reminders;
import io.facedrop.ledger.Deliveries;
import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.fault.LedgerException;
import io.facedrop.ledger.model.Link;
import io.facedrop.words.Cause;
import io.facedrop.words.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator, and the ledger so that commands can ask, when the inbox goes away and when it
 * is back. Camel takes an inbox that is not there for an empty one.
 */
public final class InboxWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InboxWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration REMINDER = Duration.ofMinutes(5);

  private final Path inbox;
  private final Deliveries deliveries;
  private final String place;
  private final Reminders<String> troubles;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "inbox-watch");
            thread.setDaemon(true);
            return thread;
          });
  private String noted;
  private Object folder;

  /**
   * @param node that watches; 0 where only one process can work
   */
  public InboxWatch(Path inbox, Deliveries deliveries, long node) {
    this(inbox, deliveries, node, System::nanoTime);
  }

  InboxWatch(Path inbox, Deliveries deliveries, long node, LongSupplier nanos) {
    this.inbox = inbox;
    this.deliveries = deliveries;
    this.place = Link.inbox(inbox, node);
    this.troubles = Reminders.every(REMINDER, nanos);
  }

  /**
   * Makes the inbox if it is not there, which Camel would do without a word, and tells what is
   * missing in it.
   *
   * @param ledger that no other node with an inbox of its own works on
   */
  public static void begin(Path inbox, LedgerReader ledger) {
    make(inbox);
    long missing =
        ledger.openBatches().stream()
            .filter(batch -> batch.archive() && batch.archivedAt() == null)
            .filter(batch -> Files.notExists(inbox.resolve(batch.source())))
            .count();
    if (missing > 0) {
      LOG.warn(
          "{} missing in the inbox {}, of open batches: is its volume mounted? Their rows go on, and"
              + " serve archives them when they are there again",
          Count.of(missing, "manifest", "is", "are"),
          inbox);
    }
  }

  private static void make(Path inbox) {
    try {
      if (Files.notExists(inbox)) {
        Files.createDirectories(inbox);
        LOG.info("the inbox {} was not there and is made", inbox);
      }
    } catch (IOException e) {
      LOG.error("the inbox {} is not there and cannot be made: {}", inbox, Cause.of(e));
    }
  }

  /** Looks every few seconds from now on. */
  public InboxWatch start() {
    clock.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  void look() {
    try {
      String fault = fault(inbox);
      if (!fault.isEmpty()) {
        tell(fault);
      } else if (troubles.end(place)) {
        LOG.info("the inbox {} can be used again, going on", inbox);
      }
      if (fault.isEmpty()) {
        lookWhetherItIsTheSame();
      }
      note(fault);
    } catch (LedgerException later) {
      LOG.debug("the ledger does not take how it stands with the inbox", later);
    }
  }

  private void tell(String fault) {
    if (troubles.isDue(place, fault)) {
      LOG.error(
          "the inbox {} {}; facedrop goes on by itself when it is back, and works on meanwhile with"
              + " what it has accepted",
          inbox,
          fault);
    }
  }

  /** A volume that is unmounted may leave an empty folder of the same name. */
  private void lookWhetherItIsTheSame() {
    Object now = identity();
    if (folder != null && now != null && !folder.equals(now)) {
      LOG.warn(
          "the inbox {} is another folder than before: was a volume mounted or unmounted there?"
              + " facedrop goes on with what lies in it now",
          inbox);
    }
    folder = now == null ? folder : now;
  }

  private Object identity() {
    try {
      return Files.readAttributes(inbox, BasicFileAttributes.class).fileKey();
    } catch (IOException untold) {
      return null;
    }
  }

  private void note(String fault) {
    if (!fault.equals(noted)) {
      deliveries.link(place, fault);
      noted = fault;
    }
  }

  /** Why nothing can be picked up from an inbox, and what to do; empty when it can. */
  public static String fault(Path inbox) {
    if (!Files.isDirectory(inbox)) {
      return "is gone: mount its volume, or make the folder again";
    }
    if (!Files.isReadable(inbox) || !Files.isExecutable(inbox)) {
      return "cannot be read: give facedrop the right to read and enter it";
    }
    return Files.isWritable(inbox)
        ? ""
        : "cannot be written to, so nothing can be picked up: give facedrop the right to write in"
            + " it, or mount its volume for writing";
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
