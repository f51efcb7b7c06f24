package io.facedrop.operator;

import io.facedrop.ledger.LedgerReader;
import io.facedrop.ledger.model.Batch;
import java.util.List;
import java.util.Optional;

/**
 * Which batch was dropped again from which. A redrop's place names the batch; of a manifest that
 * somebody dropped by hand, the first drop of its first row does.
 */
public final class Lineage {
  private static final int MOST = 20;

  private final LedgerReader ledger;

  public Lineage(LedgerReader ledger) {
    this.ledger = ledger;
  }

  /**
   * The batch whose rows this one has, dead letters or successes; empty for none, or one of another
   * ledger.
   */
  public Optional<Batch> parent(Batch batch) {
    return RedropFolder.on(batch.source())
        .map(RedropFolder::batch)
        .or(() -> ledger.of(batch).firstOrigin().map(origin -> origin.replaceFirst(":.*", "")))
        .filter(id -> !id.equals(batch.id()))
        .flatMap(ledger::batch);
  }

  /** The batches that have rows of this one, the newest first; not all of very many. */
  public List<Batch> children(Batch batch) {
    return ledger.of(batch).maybeDroppedAgain(RedropFolder.mark(batch), MOST).stream()
        .filter(later -> parent(later).filter(from -> from.number() == batch.number()).isPresent())
        .toList();
  }
}
