package io.facedrop.ledger;

import io.facedrop.ledger.arrival.Rejections;
import io.facedrop.ledger.claim.WorkSignal;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.read.Batches;
import io.facedrop.ledger.read.Followers;
import io.facedrop.ledger.read.Totals;
import io.facedrop.ledger.upkeep.Cancellation;
import io.facedrop.ledger.upkeep.Retention;
import io.facedrop.ledger.view.Tally;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What has to be done beside requests and outputs, a little at a time. */
public final class Housekeeping {
  /** Groups of shared results, between which there is time to publish. */
  private static final int SHARED_AT_ONCE = 50;

  private final Workshop shop;
  private final Cancellation cancellation;

  Housekeeping(Workshop shop) throws SQLException {
    this.shop = shop;
    this.cancellation = new Cancellation(shop.writing(), shop.transitions());
  }

  void finishCancellation(Batch batch) {
    while (shop.writer().write(() -> cancellation.giveUpSome(batch.number(), shop.clock().millis()))
        > 0) {
      shop.settled().raise();
    }
    while (shop.writer().write(() -> cancellation.settleSome(batch.number(), shop.clock().millis()))
        > 0) {
      // Some at a time, so that others can write in between.
      shop.settled().raise();
    }
    shareResults();
  }

  /** Settles what has come back to cancelled batches since. */
  public void finishCancellations() {
    shop.reader()
        .reads()
        .read(connection -> new Batches(connection).cancelled())
        .forEach(this::finishCancellation);
  }

  /**
   * Settles rows that share a result which is there by now; if many, not all of them at once, and
   * then {@link #signal()} is raised.
   */
  public void shareResults() {
    for (int i = 0;
        i < SHARED_AT_ONCE && shop.reader().reads().read(c -> new Followers(c).anySharing());
        i++) {
      shareSome();
      shop.settled().raise();
    }
  }

  /** One group of them, so that others can write in between. */
  void shareSome() {
    shop.writer().write(() -> shop.transitions().sharing().settleSome(shop.clock().millis()));
  }

  /**
   * Removes some rows of a batch that was completed before this moment, and old events. Keeps the
   * batch and its sums.
   *
   * @return whether there may be more to remove
   */
  public boolean forgetSome(Instant completedBefore) {
    long before = completedBefore.toEpochMilli();
    OptionalLong old =
        shop.reader().reads().read(connection -> new Retention(connection).oldest(before));
    if (old.isEmpty()) {
      return shop.writer()
              .write(
                  () ->
                      new Retention(shop.writing()).removeEvents(before)
                          + new Rejections(shop.writing()).forget(before))
          > 0;
    }
    long batch = old.getAsLong();
    if (!shop.reader().reads().read(connection -> new Retention(connection).isBegun(batch))) {
      // Aside, for that takes a while where there are many.
      List<Tally> deadLetters = shop.reader().reads().readAside(c -> Totals.deadLetters(c, batch));
      shop.commit(() -> new Retention(shop.writing()).begin(batch, deadLetters));
    }
    shop.commit(() -> new Retention(shop.writing()).removeSome(batch));
    return true;
  }

  /** Raised when there may be something to do. */
  public WorkSignal signal() {
    return shop.settled();
  }

  Cancellation cancellation() {
    return cancellation;
  }
}
