package io.facedrop.command;

import io.facedrop.ledger.model.Batch;
import java.util.Collection;
import java.util.function.ToLongFunction;

/**
 * Sums over the batches that a command works on.
 *
 * @param awaiting rows that are submitted and await their faces
 * @param held batches that are held
 */
record Tallied(
    long rows,
    long succeeded,
    long dead,
    long awaiting,
    long requests,
    long complete,
    long held,
    long batches) {

  static Tallied of(Collection<Batch> batches, ToLongFunction<Batch> openTasks) {
    long rows = 0;
    long succeeded = 0;
    long dead = 0;
    long awaiting = 0;
    long requests = 0;
    long complete = 0;
    long held = 0;
    for (Batch batch : batches) {
      rows += batch.rows();
      succeeded += batch.succeeded();
      dead += batch.dead();
      awaiting += batch.complete() ? 0 : openTasks.applyAsLong(batch);
      requests += batch.requests();
      complete += batch.complete() ? 1 : 0;
      held += batch.held() ? 1 : 0;
    }
    return new Tallied(rows, succeeded, dead, awaiting, requests, complete, held, batches.size());
  }

  long settled() {
    return succeeded + dead;
  }

  /** Whether anything that counts as progress differs; requests that came to nothing do not. */
  boolean isFurtherThan(Tallied before) {
    return settled() != before.settled() || complete != before.complete;
  }

  boolean allComplete() {
    return complete == batches;
  }
}
