package io.facedrop.console.page;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import io.facedrop.operator.Lineage;
import io.facedrop.operator.Redrop;
import io.facedrop.words.Count;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was dropped again, as the pages have it. */
public final class Redrops {
  private static final Logger LOG = LoggerFactory.getLogger(Redrops.class);

  private final LedgerReader ledger;
  private final Redrop redrop;
  private final Lineage lineage;

  public Redrops(LedgerReader ledger, Redrop redrop) {
    this.ledger = ledger;
    this.redrop = redrop;
    this.lineage = new Lineage(ledger);
  }

  /** What waits to be accepted. */
  List<Map<String, Object>> waiting() {
    return all().stream()
        .flatMap(waiting -> ledger.batch(waiting.batch()).map(of -> line(of, waiting)).stream())
        .toList();
  }

  /** The same of one batch. */
  List<Map<String, Object>> waitingOf(Batch batch) {
    return all().stream()
        .filter(waiting -> waiting.batch().equals(batch.id()))
        .map(waiting -> line(batch, waiting))
        .toList();
  }

  private List<Redrop.Waiting> all() {
    try {
      return redrop.waiting();
    } catch (IOException unreadable) {
      LOG.debug("the working folder cannot be looked through", unreadable);
      return List.of();
    }
  }

  private static Map<String, Object> line(Batch of, Redrop.Waiting waiting) {
    return Map.of(
        "from",
        link(of),
        "dropped",
        Count.of(waiting.rows(), "row", "was", "were"),
        "waits",
        waiting.rows() == 1 ? "waits" : "wait");
  }

  /** The batch that another was dropped again from; none for none. */
  List<Map<String, Object>> parent(Batch batch) {
    return lineage.parent(batch).map(Redrops::link).stream().toList();
  }

  /** The batches that were dropped again from another. */
  List<Map<String, Object>> children(Batch batch) {
    return lineage.children(batch).stream().map(Redrops::link).toList();
  }

  private static Map<String, Object> link(Batch batch) {
    return Map.of("batchId", batch.id(), "name", batch.folder() + batch.manifest());
  }

  /** Whether some dead letters for a reason were not dropped again. */
  boolean isLeft(Batch batch, String reason) {
    return ledger.of(batch).isLeftToDrop(reason);
  }
}
