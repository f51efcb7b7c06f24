package io.facedrop.ledger;

import io.facedrop.ledger.gate.Events;
import io.facedrop.ledger.gate.Gates;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.notice.GateNotices;
import io.facedrop.ledger.upkeep.Holding;
import io.facedrop.ledger.upkeep.Release;
import io.facedrop.ledger.view.Event;

/** What an operator may order, also beside the process that works. */
public final class Orders {
  private static final String CANCELLED =
      " is cancelled by an operator: rows that were not sent are dead letters";

  private final Workshop shop;
  private final Housekeeping housekeeping;

  Orders(Workshop shop, Housekeeping housekeeping) {
    this.shop = shop;
    this.housekeeping = housekeeping;
  }

  /**
   * Cancels a batch. After the return, none of its rows is claimed for a create, and every row
   * without a request in flight or a task is a dead letter. Its tasks continue, except those of
   * another API, which are given up.
   *
   * @return false when it is not open, cancelled already, or every row of it is settled
   */
  public boolean cancel(Batch batch) {
    boolean cancelled =
        shop.writer()
            .write(
                () -> {
                  boolean ends =
                      housekeeping.cancellation().cancel(batch.number(), shop.clock().millis());
                  if (ends) {
                    shop.trials().end(batch.number());
                    new Events(shop.writing())
                        .noteOf(
                            batch.number(),
                            "batch " + batch.id() + CANCELLED,
                            shop.clock().millis());
                  }
                  return ends;
                });
    housekeeping.finishCancellation(batch);
    return cancelled;
  }

  /**
   * Holds a batch until it is released or cancelled: nothing more of it is submitted. What has a
   * task goes on to its end.
   *
   * @return false when it is held already, cancelled, complete, or has no row left to end
   */
  public boolean hold(Batch batch) {
    return shop.writer().write(() -> new Holding(shop.writing()).of(batch, shop.clock().millis()));
  }

  /**
   * Releases a held batch. If its first answers held it, they are not judged again.
   *
   * @return false when it is not held
   */
  public boolean release(Batch batch) {
    boolean released =
        shop.writer().write(() -> new Release(shop.writing()).of(batch, shop.clock().millis()));
    shop.agenda().add(0);
    return released;
  }

  /**
   * Records an operator's order, for the reports.
   *
   * @param batch that it concerns; null for all
   */
  public void note(Batch batch, String words) {
    shop.commit(
        () -> {
          Events events = new Events(shop.writing());
          long now = shop.clock().millis();
          if (batch == null) {
            events.note(Event.Kind.NOTE, null, words, now);
          } else {
            events.noteOf(batch.number(), words, now);
          }
        });
  }

  /** Opens every paused or halted gate; how many there were. */
  public int resume() {
    return shop.writer()
        .write(
            () -> {
              int opened = new Gates(shop.writing()).resume();
              if (opened > 0) {
                new Events(shop.writing())
                    .note(Event.Kind.OPEN, null, "resumed by the operator", shop.clock().millis());
                new GateNotices(shop.writing()).resumed(shop.clock().millis());
              }
              return opened;
            });
  }
}
