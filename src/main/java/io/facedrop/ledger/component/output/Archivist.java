package io.facedrop.ledger.component.output;

import io.facedrop.ledger.Ledger;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.read.Publishers.Node;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which node takes the manifest of a batch to the archive. Where nodes have inboxes of
 * their own, it lies with the one that accepted the batch: a live node of that name gets it back.
 * When there is none, it is waited for, but not for ever: all rows are published by then.
 *
 * <p>For one thread.
 */
public final class Archivist {
  private static final Logger LOG = LoggerFactory.getLogger(Archivist.class);
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Ledger ledger;
  private final ManifestShelf shelf;
  private final LongSupplier nanos;
  private final Set<Long> handedOver = new HashSet<>();
  private final Map<Long, Long> sinceNanos = new HashMap<>();

  /**
   * @param shelf where manifests lie; null for one that holds all
   * @param nanos monotonic
   */
  public Archivist(Ledger ledger, ManifestShelf shelf, LongSupplier nanos) {
    this.ledger = ledger;
    this.shelf = shelf;
    this.nanos = nanos;
  }

  /** Whether the manifest is archived here and now, or nowhere. */
  public boolean takes(Batch batch) {
    boolean here = !ledger.isShared() || shelf == null || shelf.holds(batch);
    if (here || isOurs(batch) || !isLeftToAnother(batch) && hasWaited(batch)) {
      sinceNanos.remove(batch.number());
      return true;
    }
    return false;
  }

  /** Then nobody else has it. */
  private boolean isOurs(Batch batch) {
    return ledger
        .publishing()
        .acceptor(batch)
        .filter(it -> it.epoch() == ledger.node())
        .isPresent();
  }

  /** Once only: two that have it not would hand it to and fro. */
  private boolean isLeftToAnother(Batch batch) {
    if (handedOver.contains(batch.number())) {
      return false;
    }
    Optional<Node> other = ledger.publishing().handOver(batch);
    other.ifPresent(
        node -> {
          handedOver.add(batch.number());
          sinceNanos.remove(batch.number());
          LOG.info(
              "the node {} ends batch {}, whose manifest is not here", node.name(), batch.id());
        });
    return other.isPresent();
  }

  private boolean hasWaited(Batch batch) {
    Long since = sinceNanos.get(batch.number());
    if (since == null) {
      sinceNanos.put(batch.number(), nanos.getAsLong());
      String node = ledger.publishing().acceptor(batch).map(Node::name).orElse("that accepted it");
      LOG.warn(
          "batch {} waits for its manifest, which lies in the inbox of the node {}: start that node"
              + " within {} minutes, or the batch ends without its manifest in the archive",
          batch.id(),
          node,
          PATIENCE.toMinutes());
    }
    return since != null && nanos.getAsLong() - since > PATIENCE.toNanos();
  }
}
