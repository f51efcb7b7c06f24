package io.facedrop.sftp;

import io.facedrop.clock.Reminders;
import io.facedrop.intake.WorkingFolder;
import io.facedrop.ledger.Deliveries;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the operator, and the ledger so that commands can ask, when the watched folder cannot be
 * looked at and when it can again. Camel looks again by itself, less often after a failure. Of
 * several nodes the keeper looks.
 */
public final class FolderWatch implements PollingConsumerPollStrategy {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String place;
  private final Deliveries deliveries;
  private final BooleanSupplier ours;
  private final Map<String, String> failing = new ConcurrentHashMap<>();

  /** What failed with a file, by the look at which it did. */
  private final Map<String, FileTrouble> files = new ConcurrentHashMap<>();

  private final long patienceNanos;
  private final LongSupplier nanos;
  private final Reminders<String> troubles;
  private boolean watched;

  private record FileTrouble(String words, long atNanos, boolean thisLook) {
    FileTrouble before() {
      return new FileTrouble(words, atNanos, false);
    }
  }

  /**
   * @param place the folder's address
   * @param quietTime for which a file rests before it is tried again
   * @param ours whether it is looked at here; else not even a connection is made
   */
  public FolderWatch(
      String place, Duration quietTime, Deliveries deliveries, BooleanSupplier ours) {
    this(place, quietTime, deliveries, ours, System::nanoTime);
  }

  FolderWatch(
      String place,
      Duration quietTime,
      Deliveries deliveries,
      BooleanSupplier ours,
      LongSupplier nanos) {
    this.ours = ours;
    this.place = place;
    this.deliveries = deliveries;
    this.patienceNanos = quietTime.plus(PATIENCE).toNanos();
    this.nanos = nanos;
    this.troubles = Reminders.once(nanos);
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    files.computeIfPresent(endpoint.getEndpointKey(), (key, trouble) -> trouble.before());
    return ours.getAsBoolean();
  }

  /** A file could not be picked up, fetched or moved, although the folder can be looked at. */
  void failed(Endpoint endpoint, String words) {
    files.compute(
        endpoint.getEndpointKey(),
        (key, known) ->
            known != null && known.thisLook()
                ? known
                : new FileTrouble(words, nanos.getAsLong(), true));
  }

  @Override
  public void commit(Consumer consumer, Endpoint endpoint, int polledMessages) {
    FileTrouble file =
        files.computeIfPresent(
            endpoint.getEndpointKey(),
            (key, trouble) -> isOver(trouble, polledMessages) ? null : trouble);
    if (file != null) {
      failing.put(endpoint.getEndpointKey(), file.words());
      tell();
      return;
    }
    boolean failed = failing.remove(endpoint.getEndpointKey()) != null;
    // The working folder need not be there, so a look at it alone says nothing.
    if (failed || !endpoint.getEndpointBaseUri().endsWith("/" + WorkingFolder.NAME)) {
      tell();
    }
  }

  /** A file has gone through since, or none was in trouble for long. */
  private boolean isOver(FileTrouble trouble, int files) {
    return !trouble.thisLook()
        && (files > 0 || nanos.getAsLong() - trouble.atNanos() > patienceNanos);
  }

  @Override
  public boolean rollback(
      Consumer consumer, Endpoint endpoint, int retryCounter, Exception failure) {
    String words = SftpFault.of(failure).words(failure);
    LOG.debug("{} failed", endpoint, failure);
    failing.put(endpoint.getEndpointKey(), words);
    tell();
    return false;
  }

  /** Says what is new of all endpoints of the folder; the words of one must not hide another's. */
  private synchronized void tell() {
    String trouble = String.join("; ", new TreeSet<>(failing.values()));
    if (trouble.isEmpty()) {
      tellWell();
    } else if (troubles.isDue(place, trouble)) {
      LOG.error("cannot poll {}: {}; retrying", place, trouble);
      deliveries.link(place, trouble);
    }
  }

  private void tellWell() {
    boolean again = troubles.end(place);
    if (again || !watched) {
      LOG.info("{} {}", place, again ? "can be looked at again, going on" : "is watched");
      deliveries.link(place, "");
    }
    watched = true;
  }
}
