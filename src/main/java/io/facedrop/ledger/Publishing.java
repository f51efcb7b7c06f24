package io.facedrop.ledger;

import io.facedrop.ledger.claim.WorkSignal;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.notice.BatchNotices;
import io.facedrop.ledger.read.Batches;
import io.facedrop.ledger.read.Parts;
import io.facedrop.ledger.read.Publishers;
import io.facedrop.ledger.read.Publishers.Node;
import io.facedrop.words.Count;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over what is to be published, and notes what is. Where several nodes work, each publishes
 * batches of its own: those that it has accepted, and those that it adopts from the dead.
 */
public final class Publishing {
  private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

  private final Workshop shop;
  private volatile boolean ending;

  Publishing(Workshop shop) {
    this.shop = shop;
  }

  private long node() {
    return shop.membership().epoch();
  }

  /**
   * Takes over batches of dead nodes, to publish them.
   *
   * @return whether some are left for a node that is expected back
   */
  public boolean adopt() {
    if (!shop.membership().isShared() || !anyOrphan()) {
      return false;
    }
    int adopted = shop.writer().write(() -> new Publishers(shop.writing()).adopt(node()));
    if (adopted > 0) {
      LOG.info(
          "{} of a node that no longer works {} published here from now on",
          Count.of(adopted, "batch"),
          adopted == 1 ? "is" : "are");
    }
    return anyOrphan();
  }

  private boolean anyOrphan() {
    return shop.reader().reads().read(connection -> new Publishers(connection).anyOrphan());
  }

  /** The node that accepted a batch, dead or not; empty where only one process can work. */
  public Optional<Node> acceptor(Batch batch) {
    return shop.reader()
        .reads()
        .read(connection -> new Publishers(connection).acceptor(batch.number()));
  }

  /**
   * Hands a batch to another live node with the name of the node that accepted it, to publish it
   * from now on.
   *
   * @return that other one; empty when there is none
   */
  public Optional<Node> handOver(Batch batch) {
    return shop.writer()
        .write(() -> new Publishers(shop.writing()).handOver(batch.number(), node()));
  }

  /** Dead nodes that may have begun to publish what this one publishes now. */
  public List<Long> former(Batch batch) {
    return shop.membership().isShared()
        ? shop.reader()
            .reads()
            .read(connection -> new Publishers(connection).former(batch.number()))
        : List.of();
  }

  /** Open batches whose every row is settled. */
  public List<Batch> settledBatches() {
    return shop.reader().reads().read(connection -> new Batches(connection).settled(node()));
  }

  /** Open batches whose acceptance was not acknowledged. */
  public List<Batch> unacknowledgedBatches() {
    return shop.reader().reads().read(connection -> new Batches(connection).unacknowledged(node()));
  }

  /** From now on whatever has ended is published at once, for the process is about to end. */
  public void endSoon() {
    ending = true;
    signal().raise();
  }

  public boolean isEnding() {
    return ending;
  }

  /** Whether rows have ended that are in no output yet. */
  public boolean isAnythingLeft() {
    return firstOpenedPart().isPresent() || !closedParts().isEmpty();
  }

  private List<Part> closedParts() {
    return shop.reader().reads().read(connection -> new Parts(connection).closed(node()));
  }

  /** When the oldest part that is still open was opened; empty when none is. */
  public Optional<Instant> firstOpenedPart() {
    long millis =
        shop.reader().reads().read(connection -> new Parts(connection).firstOpened(node()));
    return millis == Long.MAX_VALUE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  /**
   * The parts that are to be published now.
   *
   * @param openedBefore parts that were opened before are closed
   */
  public List<Part> partsToPublish(Instant openedBefore) {
    long millis = openedBefore.toEpochMilli();
    if (shop.reader()
        .reads()
        .read(connection -> new Parts(connection).anyDue(node(), millis, shop.clock().millis()))) {
      shop.commit(() -> new Parts(shop.writing()).closeDue(node(), millis, shop.clock().millis()));
    }
    return closedParts();
  }

  /**
   * Notes that a part's file is there.
   *
   * @param place that it was written to; null where nobody knows it
   */
  public void published(Part part, String file, String place, String sha256) {
    shop.commit(
        () ->
            new Parts(shop.writing()).published(part, file, place, sha256, shop.clock().millis()));
  }

  /** Notes that the batch's acceptance is acknowledged. */
  public void acknowledged(Batch batch) {
    shop.commit(
        () -> new Parts(shop.writing()).acknowledged(batch.number(), shop.clock().millis()));
  }

  /** Notes that the batch's manifest is in the archive. */
  public void archived(Batch batch) {
    shop.commit(() -> new Parts(shop.writing()).archived(batch.number(), shop.clock().millis()));
  }

  /** Notes that the batch's report is there, which is the last of it. */
  public void completed(Batch batch) {
    shop.commit(
        () -> {
          new Parts(shop.writing()).completed(batch.number(), shop.clock().millis());
          shop.trials().end(batch.number());
          new BatchNotices(shop.writing()).complete(batch.number(), shop.clock().millis());
        });
  }

  /** Records for the other nodes whether this one cannot publish. */
  public void stalled(boolean is) {
    if (shop.membership().isShared()) {
      shop.commit(() -> new Publishers(shop.writing()).stalled(shop.membership().epoch(), is));
    }
  }

  /** Raised when something may have to be published. */
  public WorkSignal signal() {
    return shop.settled();
  }
}
