package io.facedrop.ledger;

import io.facedrop.ledger.claim.WorkSignal;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.Part;
import io.facedrop.ledger.read.Parts;
import java.time.Instant;
import java.util.List;

/** Hands over what is to be published, and notes what is. */
public final class Publishing {
  private final Workshop shop;

  Publishing(Workshop shop) {
    this.shop = shop;
  }

  /**
   * The parts that are to be published now.
   *
   * @param openedBefore parts that were opened before are closed
   */
  public List<Part> partsToPublish(Instant openedBefore) {
    long millis = openedBefore.toEpochMilli();
    if (shop.reader()
        .read(connection -> new Parts(connection).anyDue(millis, shop.clock().millis()))) {
      shop.commit(() -> new Parts(shop.writing()).closeDue(millis, shop.clock().millis()));
    }
    return shop.reader().read(connection -> new Parts(connection).closed());
  }

  /** Notes that a part's file is there. */
  public void published(Part part, String file, String sha256) {
    shop.commit(
        () -> new Parts(shop.writing()).published(part, file, sha256, shop.clock().millis()));
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
        });
  }

  /** Raised when something may have to be published. */
  public WorkSignal signal() {
    return shop.settled();
  }
}
