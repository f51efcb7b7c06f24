package io.facedrop.command.live;

import io.facedrop.ledger.model.Batch;
import java.util.Collection;
import java.util.function.ToLongFunction;

/**
 * Sums over the batches that a command works on.
 *
 * @param awaiting rows that are submitted and await their faces
 * @param held batches that are held
 */
public record Tallied(
    long rows,
    long succeeded,
    long dead,
    long awaiting,
    long requests,
    long complete,
    long held,
    long batches) {

  public static Tallied of(Collection<Batch> batches, ToLongFunction<Batch> openTasks) {
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

  public long settled() {
    return succeeded + dead;
  }

  /** Whether anything that counts as progress differs; requests that came to nothing do not. */
  public boolean isFurtherThan(Tallied before) {
    return settled() != before.settled() || complete != before.complete;
  }

  public boolean allComplete() {
    return complete == batches;
  }
}
