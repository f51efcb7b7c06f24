package io.facedrop.ledger;

import io.facedrop.ledger.accept.Acceptance;
import io.facedrop.ledger.accept.Additions;
import io.facedrop.ledger.accept.Repeats;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.read.Followers;
import io.facedrop.ledger.settle.Follower;
import io.facedrop.ledger.upkeep.Unaccepted;
import java.util.List;

/** Takes manifests in, and makes batches of them. */
public final class Acceptances {
  private final Workshop shop;
  private final Acceptance acceptance;
  private final Additions additions;

  Acceptances(Workshop shop, Acceptance acceptance) {
    this.shop = shop;
    this.acceptance = acceptance;
    this.additions = new Additions(shop.writer());
  }

  /** Begins to take a manifest in; returns the batch's number. */
  public long begin(NewBatch batch) {
    return shop.writer().write(() -> acceptance.begin(batch));
  }

  /**
   * Adds rows; those with an invalid URL are dead letters at once. They are committed while the
   * caller reads more, and at the latest when it adds more, or when the batch is accepted.
   */
  public void add(long batch, RowGroup group) {
    additions.add(batch, () -> acceptance.add(batch, group, shop.clock().millis()));
  }

  /** Makes the manifest a batch, all of whose rows are there. */
  public Batch accept(long batch, String sha256) {
    additions.end(batch);
    if (shop.reader().read(connection -> new Followers(connection).shares(batch))) {
      follow(batch);
    }
    String id =
        shop.writer()
            .write(
                () -> {
                  // Some of its rows may have a task already.
                  shop.openTasks().forget();
                  return acceptance.accept(batch, sha256, shop.clock().millis());
                });
    shop.agenda().add(0);
    shop.settled().raise();
    return shop.reader().batch(id).orElseThrow();
  }

  /** Finds the rows that repeat a URL aside, for that takes a while where there are many. */
  void follow(long batch) {
    additions.end(batch);
    shop.reader()
        .readAside(
            connection -> {
              try (Repeats repeats = new Repeats(connection, batch)) {
                for (var rows = repeats.next(); !rows.isEmpty(); rows = repeats.next()) {
                  List<Follower> group = rows;
                  shop.commit(() -> shop.transitions().sharing().follow(batch, group));
                }
              }
              return null;
            });
  }

  /** Removes a manifest that was not accepted. */
  public void discard(long batch) {
    additions.forget(batch);
    while (shop.writer().write(() -> new Unaccepted(shop.writing()).removeSome(batch))) {
      // Some at a time, so that others can write in between.
    }
  }
}
