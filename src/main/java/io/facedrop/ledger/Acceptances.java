package io.facedrop.ledger;

import io.facedrop.ledger.accept.Acceptance;
import io.facedrop.ledger.accept.Additions;
import io.facedrop.ledger.accept.Meanwhile;
import io.facedrop.ledger.accept.Repeats;
import io.facedrop.ledger.arrival.Arrivals;
import io.facedrop.ledger.model.Admission;
import io.facedrop.ledger.model.Batch;
import io.facedrop.ledger.model.NewBatch;
import io.facedrop.ledger.model.Reason;
import io.facedrop.ledger.model.RowGroup;
import io.facedrop.ledger.notice.BatchNotices;
import io.facedrop.ledger.read.Batches;
import io.facedrop.ledger.read.Followers;
import io.facedrop.ledger.settle.Follower;
import io.facedrop.ledger.upkeep.Unaccepted;
import io.facedrop.manifest.ManifestRejectedException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes manifests in, and makes batches of them. */
public final class Acceptances {
  private final Workshop shop;
  private final Acceptance acceptance;
  private final Additions additions;
  private final Set<Long> discarded = ConcurrentHashMap.newKeySet();

  /**
   * What came of it.
   *
   * @param id of the batch; null when it is none
   * @param refusal null when it is not refused
   */
  private record Verdict(String id, ManifestRejectedException refusal) {}

  Acceptances(Workshop shop, Acceptance acceptance) {
    this.shop = shop;
    this.acceptance = acceptance;
    this.additions = new Additions(shop.writer());
  }

  /** Begins to take a manifest in; returns the batch's number. */
  public long begin(NewBatch batch) {
    removeDiscarded();
    return shop.writer().write(() -> acceptance.begin(batch));
  }

  /**
   * Adds rows; those with an invalid URL are dead letters at once. They are committed while the
   * caller reads more, and at the latest when it adds more, or when the batch is accepted.
   */
  public void add(long batch, RowGroup group) {
    additions.add(batch, () -> acceptance.add(batch, group, shop.clock().millis()));
  }

  /**
   * Makes the manifest a batch, once all its rows are in the ledger. Does not look for duplicates.
   */
  public Batch accept(long batch, String sha256) {
    try {
      return accept(batch, sha256, Admission.FREE).orElseThrow();
    } catch (ManifestRejectedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Makes the manifest a batch if it is admitted, once all its rows are in the ledger. Another
   * process may have accepted its content while this one read it.
   *
   * @return empty when another process has accepted this very file
   * @throws ManifestRejectedException when it is not admitted
   */
  public Optional<Batch> accept(long batch, String sha256, Admission admission)
      throws ManifestRejectedException {
    additions.end(batch);
    if (shop.reader().reads().read(connection -> new Followers(connection).shares(batch))) {
      follow(batch);
    }
    Verdict verdict = shop.writer().write(() -> decided(batch, sha256, admission));
    if (verdict.refusal() != null) {
      throw verdict.refusal();
    }
    if (verdict.id() == null) {
      return Optional.empty();
    }
    shop.agenda().add(0);
    shop.settled().raise();
    return shop.reader().batch(verdict.id());
  }

  private Verdict decided(long batch, String sha256, Admission admission) throws SQLException {
    if (new Meanwhile(shop.writing()).hasAccepted(batch)) {
      return new Verdict(null, null);
    }
    try {
      if (admission != Admission.FREE) {
        admission.verify(new Batches(shop.writing()).byContent(sha256));
      }
    } catch (ManifestRejectedException refusal) {
      return new Verdict(null, refusal);
    }
    // Some of its rows may have a task already.
    shop.openTasks().forget();
    String id = acceptance.accept(batch, sha256, shop.clock().millis());
    new Arrivals(shop.writing()).accepted(batch, shop.clock().millis());
    new BatchNotices(shop.writing()).accepted(batch, shop.clock().millis());
    long invalid = new Batches(shop.writing()).byNumber(batch).orElseThrow().invalid();
    shop.transitions().ended().add(Reason.INVALID_URL, invalid);
    return new Verdict(id, null);
  }

  /** Finds the rows that repeat a URL aside, for that takes a while where there are many. */
  void follow(long batch) {
    additions.end(batch);
    shop.reader()
        .reads()
        .readWithTables(
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

  /**
   * Removes a manifest that was not accepted.
   *
   * @throws io.facedrop.ledger.fault.LedgerException when it cannot be removed now; it is before
   *     the next one is taken in
   */
  public void discard(long batch) {
    additions.forget(batch);
    discarded.add(batch);
    removeDiscarded();
  }

  /**
   * Removes what is discarded, and could not be removed before. One at a time does: a number that
   * is free may be given to the next manifest.
   */
  public synchronized void removeDiscarded() {
    for (long batch : discarded) {
      while (shop.writer().write(() -> new Unaccepted(shop.writing()).removeSome(batch))) {
        // Some at a time, so that others can write in between.
      }
      discarded.remove(batch);
    }
  }
}
